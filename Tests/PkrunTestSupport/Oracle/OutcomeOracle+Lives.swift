internal import PkrunEvents
internal import PkrunPlan

/// The life of one job, read from its attempts.
extension OutcomeOracle {
    func life(of job: JobID) -> Life {
        let attempts = history.attempts[job.index]
        guard !attempts.isEmpty else { return Life(word: wordWithoutAttempt(job)) }
        var reader = LifeReader(oracle: self, job: job)
        for (index, attempt) in attempts.enumerated() {
            let next = index + 1 < attempts.count ? Instant.end(of: attempts[index + 1].asked) : .end(of: .max)
            reader.read(attempt, until: next)
            if reader.life.word != nil { break }
        }
        return reader.life
    }

    /// A job that was never started has been skipped.
    private func wordWithoutAttempt(_ job: JobID) -> Life.Word? {
        if plan.jobs[job.index].onlyIf == .never {
            return Life.Word(instant: Instant(moment: 0), outcome: .skipped(.condition))
        }
        let release = releaseOfIdle(job)
        if let loss = loss(of: job), loss.instant < release?.instant ?? .end(of: .max) {
            return Life.Word(instant: loss.instant, outcome: .skipped(.dependency(loss.dependency)))
        }
        return release.map { release in
            let reason: SkipReason = if case .run(let why) = release.reason { .run(why) } else { .notNeeded }
            return Life.Word(instant: release.instant, outcome: .skipped(reason))
        }
    }
}
