internal import PkrunSystem

extension Cgroup {
    /// Sends a signal to every process in it, including those that are born meanwhile. Unless there is only one, none
    /// of them acts on the signal before all have it; a suspended one stays so.
    func signal(_ number: Int32) throws(SystemError) {
        var delivery = Delivery(signal: number)
        let first = processes()
        if first.count <= 1 {
            delivery.send(to: first, in: self)
            if processes().allSatisfy({ first.contains($0) }) { return try delivery.finish() }
        }
        try setFrozen(true)
        // A process that is being stopped may still hand over a child that it was just making.
        var quiet = 0
        while quiet < 2 {
            quiet = delivery.send(to: processes(), in: self) == 0 ? quiet + 1 : 0
        }
        try setFrozen(isSuspended)
        try delivery.finish()
    }

    private struct Delivery {
        let signal: Int32
        private var met: Set<Int32> = []
        private var error: SystemError?

        init(signal: Int32) { self.signal = signal }

        /// - Returns: how many of them had not been met before.
        @discardableResult
        mutating func send(to processIDs: [Int32], in cgroup: Cgroup) -> Int {
            let fresh = processIDs.filter { met.insert($0).inserted }
            for processID in fresh {
                // The number may belong to a stranger by now; the descriptor cannot change hands after the check.
                guard let target = try? ProcessDescriptor(of: processID), cgroup.contains(processID) else { continue }
                do {
                    try target.send(signal)
                } catch {
                    self.error = self.error ?? error
                }
            }
            return fresh.count
        }

        func finish() throws(SystemError) {
            if let error { throw error }
        }
    }
}
