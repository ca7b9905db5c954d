internal import PkrunSystem

/// A process that was started elsewhere.
package enum Adoptee: Equatable, Sendable {
    /// A child of this process, which goes on to be its starter's to reap. Its number is its own until then.
    case child(Int32)
    /// Anybody's process, that began at this time, as the time since the machine was started; or, where none is given,
    /// the one that has the number now.
    case stranger(Int32, startTime: Duration?)

    package var processID: Int32 {
        switch self {
        case .child(let processID), .stranger(let processID, startTime: _): processID
        }
    }

    /// What means this process and no later one of the same number.
    ///
    /// - Returns: `nil` where it has ended already and waits to be reaped.
    /// - Throws: ECHILD where a child is none, ESRCH where there is no such process, or another one by now, EINVAL for
    ///   one that this process descends from, or this process itself.
    func hold() throws(SystemError) -> ProcessDescriptor? {
        switch self {
        case .child(let processID):
            return try ProcessExit.isPending(of: processID) ? nil : ProcessDescriptor(of: processID)
        case .stranger(let processID, let startTime):
            guard processID > 0, !Self.isOwnLine(processID) else { throw failure(ErrorNumber.invalid) }
            let descriptor = try ProcessDescriptor(of: processID)
            // If it is there after that, the number was its own all the time.
            guard let record = ProcessRecord(of: processID), try descriptor.send(0),
                startTime ?? record.startTime == record.startTime
            else { throw failure(ErrorNumber.noProcess) }
            return record.isZombie ? nil : descriptor
        }
    }

    func failure(_ errorNumber: Int32) -> SystemError {
        SystemError("adopt", "process \(processID)", errorNumber: errorNumber)
    }

    private static func isOwnLine(_ processID: Int32) -> Bool {
        var ancestor = CurrentProcess.identifier
        while ancestor > 0, ancestor != processID { ancestor = ProcessRecord(of: ancestor)?.parentID ?? 0 }
        return ancestor == processID
    }
}
