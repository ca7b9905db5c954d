import PkrunEvents
import PkrunLogs
import PkrunPlan
import PkrunSystem

/// Keeps the events of a run, as they happen in `events.jsonl` and summed up in `report.json`.
final class Recorder {
    private let directory: RunDirectory
    private let file: LogFile
    private var encoder: EventEncoder
    private var lines = JSONWriter()
    private var report: RunReport
    /// Not written yet: what comes next to be started does not wait for that.
    private var pending: [(event: RunEvent, time: Timestamp)] = []

    init(plan: Plan, directory: RunDirectory) throws(SystemError) {
        self.directory = directory
        file = try LogFile(path: directory.eventsPath)
        encoder = EventEncoder(plan: plan)
        report = RunReport(plan: plan)
    }

    func record(_ event: RunEvent) {
        pending.append((event, Timestamp(microseconds: WallClock.microseconds)))
    }

    /// Writes what has come together; to be called before the loop waits.
    func flush() throws(SystemError) {
        guard !pending.isEmpty else { return }
        for (event, time) in pending {
            encoder.encode(event, at: time, into: &lines)
            report.receive(event, at: time)
        }
        // Not all of its room: the start of a large run alone tells of every job that waits.
        pending.removeAll(keepingCapacity: pending.count <= Self.kept)
        try lines.drain(file.append)
    }

    /// The end of the run: writes the rest, and the report.
    func finish() throws(SystemError) {
        try flush()
        try directory.writeReport(report)
    }

    /// How many events come together where nothing special happens, and some more.
    private static let kept = 64
}
