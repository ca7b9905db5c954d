internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// Reads the attempts of one job in their order.
struct LifeReader {
    let oracle: OutcomeOracle
    let job: JobID
    var life = Life()
    /// An attempt before has had a process.
    private var hasStarted = false
    /// Restarts that count.
    var restarts = 0
    /// When the next attempt was asked for.
    var next = Instant.end(of: .max)

    init(oracle: OutcomeOracle, job: JobID) {
        self.oracle = oracle
        self.job = job
    }

    var plan: JobPlan { oracle.plan.jobs[job.index] }

    typealias Call = (instant: Instant, value: StopReason)

    mutating func read(_ attempt: RunHistory.Attempt, until next: Instant) {
        self.next = next
        let call = firstCall(in: attempt)
        if attempt.outlastsWindow || hearsOfChange(attempt, before: call) { restarts = 0 }
        if let refusal = attempt.refusal {
            finish(refusal, .skipped(isReleased(before: refusal) ? skipReason(at: refusal) : .condition))
        } else if let failure = attempt.startFailure {
            let mayRest = oracle.lastChance(of: job) > failure.instant && isBeforeStop(failure.instant)
            if hasStarted || mayRest, case .dependencyRestarts = call?.value {
                wait(from: failure.instant)
            } else {
                conclude(
                    attempt,
                    call,
                    at: failure.instant,
                    .failed(.startFailed(failure.value)),
                    mayRestart: hasStarted
                )
            }
        } else if let start = attempt.start {
            hasStarted = true
            noteDescent(call, start)
            guard let ending = attempt.ending else { return }
            let hasSurvivors = ending.value.receipt.survivors > 0
            if let call, call.value.isRestart, !hasSurvivors {
                wait(from: ending.instant)
            } else {
                let outcome = outcome(of: ending.value, calledFor: call?.value)
                conclude(attempt, call, at: ending.instant, outcome, mayRestart: !hasSurvivors)
            }
        }
    }

    mutating func finish(_ instant: Instant, _ outcome: JobOutcome) {
        life.word = Life.Word(instant: instant, outcome: outcome)
    }
}
