internal import Foundation
internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// A run in which one thing happens at a time, as it is told, and everything that follows from it has followed before
/// the next. No process takes notice of being asked to stop.
struct Rehearsal {
    let plan: Plan
    /// The jobs whose program does not exist, and those whose `if` does not hold.
    let missing: Set<Int>
    let declining: Set<Int>
    private(set) var outcome: RunOutcome?
    /// By job, what is told of it; by the empty name, what is told of the run.
    private(set) var events: [String: [String]] = [:]

    private var scheduler: Scheduler
    private var encoder: EventEncoder
    /// By live job: its attempt.
    private var alive: [JobID: Int] = [:]
    private var isReady: Set<JobID> = []
    private var inputs: [SchedulerInput] = []
    /// What comes by itself, but not at once.
    private var later: [SchedulerInput] = []

    init(of plan: Plan, missing: Set<Int>, declining: Set<Int>) {
        self.plan = plan
        self.missing = missing
        self.declining = declining
        scheduler = Scheduler(plan: plan)
        encoder = EventEncoder(plan: plan)
    }

    mutating func begin() { takeIn(.begin) }

    /// What can be done now, and shows.
    var possibleDeeds: [Deed] {
        var deeds: [Deed] = []
        for job in alive.keys.sorted() {
            deeds += [.end(job, .exited(0)), .end(job, .exited(3)), .end(job, .signaled(.kill))]
            if !plan.jobs[job.index].readiness.probes.isEmpty, !isReady.contains(job) {
                deeds.append(.becomeReady(job))
            }
        }
        for signal in [SignalNumber.int, .term] {
            var scheduler = scheduler
            if !scheduler.handle(.interrupt(signal)).isEmpty { deeds.append(.interrupt(signal)) }
        }
        return deeds
    }

    mutating func perform(_ deed: Deed) {
        switch deed {
        case .becomeReady(let job):
            isReady.insert(job)
            takeIn(.ready(job, after: .zero))
        case .end(let job, let status): takeIn(.ended(job, AttemptEnding(status: status)))
        case .interrupt(let signal): takeIn(.interrupt(signal))
        }
    }

    private mutating func takeIn(_ input: SchedulerInput) {
        inputs.append(input)
        while let input = inputs.isEmpty ? nil : inputs.removeFirst() {
            if case .ended(let job, let ending) = input {
                note(.jobExited(job, attempt: alive.removeValue(forKey: job) ?? 0, ending.status))
            }
            for action in scheduler.handle(input) { carryOut(action) }
            if inputs.isEmpty, !later.isEmpty { answer(later.removeFirst()) }
        }
    }

    private mutating func answer(_ input: SchedulerInput) {
        if case .started(let job) = input { start(job, attempt: 1) } else { inputs.append(input) }
    }

    private mutating func carryOut(_ action: SchedulerAction) {
        switch action {
        case .start(let job, let attempt, let asks):
            if asks {
                later.append(declining.contains(job.index) ? .declined(job) : .started(job))
            } else {
                start(job, attempt: attempt)
            }
        case .kill(let job): later.append(.ended(job, AttemptEnding(status: .signaled(.kill))))
        case .arm(.restart(let job), after: _): later.append(.timer(.restart(job)))
        case .disarm(let timer): later.removeAll { $0 == .timer(timer) }
        case .report(let event):
            note(event)
            if case .runStopping = event {
                // The command that decides is killed.
                later = later.map { if case .started(let job) = $0 { .declined(job) } else { $0 } }
            }
        case .finish(let outcome): self.outcome = outcome
        case .arm, .stop, .signal: break
        }
    }

    private mutating func start(_ job: JobID, attempt: Int) {
        if missing.contains(job.index) {
            let failure = StartFailure(
                step: StartFailure.executeStep,
                subject: plan.jobs[job.index].arguments[0],
                errorNumber: ENOENT,
                message: "No such file or directory"
            )
            note(.jobStartFailed(job, attempt: attempt, failure))
            inputs.append(.startFailed(job, failure))
        } else {
            alive[job] = attempt
            isReady.remove(job)
            note(.jobStarted(job, attempt: attempt, processID: 1))
            inputs.append(.started(job))
        }
    }

    private mutating func note(_ event: RunEvent) {
        guard let told = ToldEvent(encoder.encode(event, at: Timestamp(microseconds: 0))[...]) else { return }
        events[told.job, default: []].append(told.text)
    }
}
