import PkrunEvents
import PkrunSystem

/// What one try of a probe came to.
enum ProbeResult {
    case passed
    /// In words, for whoever wonders why the job is not ready.
    case failed(String)
    /// Somebody outside of the job's tree has the port.
    case taken(UInt16, PortHolder)
}

extension ProbeResult {
    /// - Parameter wanted: the status that an HTTP server has to answer with.
    init(_ outcome: ConnectionTry.Outcome, wanting wanted: ClosedRange<Int>?) {
        self =
            switch outcome {
            case .connected: .passed
            case .answered(let status): wanted?.contains(status) == true ? .passed : .failed("HTTP \(status)")
            case .failed(let why): .failed(why)
            }
    }
}
