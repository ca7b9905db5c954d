import PkrunEvents
import PkrunPlan
import PkrunScheduler
import PkrunSystem

/// Looks after the health of one attempt as long as it runs: all probes at once, a pause, and again.
final class HealthWatch {
    private let check: HealthCheck
    private let loop: ProbeLoop
    private let startTime: Duration
    private let changed: (HealthTally.Health, [ProbeSummary]) -> Void
    private var tally: HealthTally
    private var tries: [Int: ProbeTry] = [:]
    private var results: [Int: ProbeResult] = [:]
    private var timer: TimerQueue.ID?
    private var isCancelled = false

    init(
        _ check: HealthCheck,
        loop: ProbeLoop,
        changed: @escaping (HealthTally.Health, [ProbeSummary]) -> Void
    ) {
        self.check = check
        self.loop = loop
        self.changed = changed
        tally = HealthTally(check)
        startTime = MonotonicClock.now
    }

    /// Looks for the first time.
    func begin() {
        results = [:]
        schedule(after: check.timeout) { $0.finish() }
        for (index, probe) in check.probes.enumerated() where !isCancelled {
            let attempt = ProbeTry(loop: loop) { [unowned self] result in note(result, of: index) }
            tries[index] = attempt
            attempt.begin(probe)
        }
    }

    /// `changed` is not called any more.
    func cancel() {
        isCancelled = true
        endTries()
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    private func note(_ result: ProbeResult, of index: Int) {
        tries[index] = nil
        results[index] = result
        if results.count == check.probes.count { finish() }
    }

    /// Every probe has answered, or there was time enough to.
    private func finish() {
        endTries()
        let summary = check.probes.enumerated().map { index, probe in Self.summary(of: probe, results[index]) }
        schedule(after: check.interval) { $0.begin() }
        let time = MonotonicClock.now - startTime
        if let health = tally.look(passed: summary.allSatisfy(\.passed), at: time) { changed(health, summary) }
    }

    private func endTries() {
        let pending = tries
        tries = [:]
        for attempt in pending.values { attempt.cancel() }
    }

    private func schedule(after duration: Duration, _ work: @escaping (HealthWatch) -> Void) {
        if let timer { loop.cancel(timer) }
        timer = loop.after(duration) { [unowned self] in work(self) }
    }

    private static func summary(of probe: Probe, _ result: ProbeResult?) -> ProbeSummary {
        switch result {
        case .passed: ProbeSummary(probe: probe.words, passed: true, result: "passed")
        case .failed(let words): ProbeSummary(probe: probe.words, passed: false, result: words)
        case .taken(_, let holder):
            ProbeSummary(
                probe: probe.words,
                passed: false,
                result: "it belongs to \(holder.process?.command ?? "user \(holder.userID)")"
            )
        case nil: ProbeSummary(probe: probe.words, passed: false, result: "no answer in time")
        }
    }
}
