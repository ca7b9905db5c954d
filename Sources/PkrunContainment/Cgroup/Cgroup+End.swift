internal import PkrunSystem

extension Cgroup {
    /// How long killed processes may take without getting fewer, before they count as ones that the kernel does not let
    /// go. All of ten thousand together may take longer where the machine is busy.
    private static let patience = Duration.seconds(10)

    /// Kills what is in it and below, waits until nothing is, and removes it.
    /// - Returns: how many processes could not be ended; 0 unless they wait for hardware that does not answer.
    @discardableResult
    func endAndRemove() -> Int {
        var fewest = Int.max
        var deadline = MonotonicClock.now + Self.patience
        while true {
            guard (try? kill()) != nil else { return processes().count }
            waitUntilEmpty(deadline: deadline)
            do {
                try remove()
                return 0
            } catch {
                // Busy: they are still dying, or somebody was moved in meanwhile, and dies in the next round.
                let left = processes().count
                if left < fewest { deadline = MonotonicClock.now + Self.patience }
                fewest = min(left, fewest)
                guard error.errorNumber == ErrorNumber.busy, MonotonicClock.now < deadline else { return left }
            }
        }
    }

    private func waitUntilEmpty(deadline: Duration) {
        guard isPopulated, let reactor = try? Reactor() else { return }
        var isEmpty = false
        let watch = EmptinessWatch(of: self, reactor: reactor) { isEmpty = true }
        while !isEmpty, MonotonicClock.now < deadline {
            guard (try? reactor.wait(timeout: deadline - MonotonicClock.now)) != nil else { break }
        }
        withExtendedLifetime(watch) {}
    }
}
