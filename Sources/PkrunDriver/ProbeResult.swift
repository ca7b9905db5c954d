import PkrunEvents

/// What one try of a probe came to.
enum ProbeResult {
    case passed
    /// In words, for whoever wonders why the job is not ready.
    case failed(String)
    /// Somebody outside of the job's tree has the port.
    case taken(UInt16, PortHolder)
}
