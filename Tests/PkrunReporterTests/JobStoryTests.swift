import PkrunEvents
import PkrunPlan
import PkrunReporter
import Testing

@Suite struct JobStoryTests {
    private func ended(_ job: JobID, _ attempt: Int, _ code: Int32) -> RunEvent {
        .jobExited(job, attempt: attempt, .exited(code))
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
