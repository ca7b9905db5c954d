import PkrunEvents
import PkrunPlan
import PkrunReporter
import Testing

@Suite struct JobStoryTests {
    private func ended(_ job: JobID, _ attempt: Int, _ code: Int32) -> RunEvent {
        .jobExited(job, attempt: attempt, .exited(code))
    }

    @Test func `of a job that was not ready it tells what each probe came to`() {
        let job = JobID(0)
        var story = JobStory()
        let probes = [
            ProbeSummary(probe: "tcp 127.0.0.1:1", passed: true, result: "passed"),
            ProbeSummary(probe: "notify fd 3", passed: false, result: "nothing was said"),
        ]
        let events: [RunEvent] = [
            .jobStarted(job, attempt: 1, processID: 1), .jobNotReady(job, attempt: 1, probes),
            .jobFinished(job, .failed(.notReady(within: .seconds(1)))),
        ]
        for event in events { story.receive(event) }
        #expect(
            story.tell(of: job, names: ["db"]) == [
                "db failed", "because was not ready within 1 s", "notify fd 3: nothing was said",
            ]
        )
    }

    @Test func `of a job that waits for a change it tells how it ended and what it waits for`() {
        let job = JobID(0)
        var story = JobStory()
        let end = JobOutcome.failed(.ended(.exited(2)))
        for event in [RunEvent.jobStarted(job, attempt: 1, processID: 1), ended(job, 1, 2), .jobResting(job, end)] {
            story.receive(event)
        }
        let told = ["test failed", "because exited with 2", "it runs again when a file changes"]
        #expect(story.tell(of: job, names: ["test"]) == told)
        story.receive(.jobChanged(job, path: "a.c"))
        #expect(story.tell(of: job, names: ["test"]).first == "test waits")
        for event in [RunEvent.jobStarted(job, attempt: 2, processID: 2), .jobResting(job, .succeeded)] {
            story.receive(event)
        }
        story.receive(.jobFinished(job, .succeeded))
        #expect(story.tell(of: job, names: ["test"]) == ["test succeeded"])
    }

    @Test func `a restart is told with the end that led to it, not with the end after it`() {
        let job = JobID(0)
        var story = JobStory()
        let events: [RunEvent] = [
            .jobStarted(job, attempt: 1, processID: 1), ended(job, 1, 3),
            .jobRestarting(job, restart: 1, after: .zero),
            .jobStarted(job, attempt: 2, processID: 2), ended(job, 2, 0), .jobFinished(job, .succeeded),
        ]
        for event in events { story.receive(event) }
        #expect(
            story.tell(of: job, names: ["test"]) == [
                "test succeeded", "it was started again 1 time, and the attempt before exited with 3",
            ]
        )
    }
}
