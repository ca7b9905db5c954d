internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import Testing

@Suite struct JitterTests {
    @Test func pausesStayWithinTheirBoundsAndDiffer() {
        let jitter = Jitter(of: "20260102-030405-1a2b")
        let pauses = (0..<100).flatMap { job in
            (1...10).map { jitter.spread(.seconds(10), job: job, attempt: $0) }
        }
        #expect(pauses.allSatisfy { $0 >= .milliseconds(8499) && $0 <= .milliseconds(11501) })
        #expect(Set(pauses).count > 990)
        #expect(pauses.contains { $0 < .seconds(9) } && pauses.contains { $0 > .seconds(11) })
    }

    @Test func theSameRunHasTheSamePausesAndAnotherHasOthers() {
        func pause(_ run: String) -> Duration { Jitter(of: run).spread(.seconds(1), job: 3, attempt: 2) }
        #expect(pause("a") == pause("a"))
        #expect(pause("a") != pause("b"))
    }

    @Test func aRestartWaitsForAsLongAsItSays() {
        var job = JobPlan(name: "a", kind: .service, arguments: ["true"])
        job.restart = RestartPolicy(condition: .always, backoff: .seconds(1))
        let plan = Plan(name: "test", directory: "/", jobs: [job], goals: [JobID(0)])
        let jitter = Jitter(of: "run")
        var scheduler = Scheduler(plan: plan, jitter: jitter)
        _ = scheduler.handle(.begin) + scheduler.handle(.started(JobID(0)))
        let actions = scheduler.handle(.ended(JobID(0), AttemptEnding(status: .exited(1))))
        let pause = jitter.spread(.seconds(1), job: 0, attempt: 1)
        #expect(actions.contains(.arm(.restart(JobID(0)), after: pause)))
        #expect(actions.contains(.report(.jobRestarting(JobID(0), restart: 1, after: pause))))
    }
}
