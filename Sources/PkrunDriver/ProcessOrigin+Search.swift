import PkrunEvents
import PkrunPlan
import PkrunSystem

extension ProcessOrigin {
    private static let eventsFile = "/events.jsonl"

    /// Looks for the pkrun above a process, and in the events of its run for the job.
    ///
    /// - Returns: `nil` where no pkrun started it, or only one that may not be looked into.
    init?(of processID: Int32) {
        var line: [Int32] = []
        var next = processID
        // Numbers that are used again while this looks could lead in a circle.
        while next > 1, !line.contains(next), let record = ProcessRecord(of: next) {
            if let run = Self.run(writtenBy: next) {
                self.init(run: run, job: Self.job(of: line, in: run))
                return
            }
            line.append(next)
            next = record.parentID
        }
        return nil
    }

    /// A pkrun has the events of its run open.
    private static func run(writtenBy processID: Int32) -> String? {
        let directory = "/proc/\(processID)/fd"
        let targets = ((try? FileSystem.entries(of: directory)) ?? []).lazy.compactMap { entry in
            try? FileSystem.linkTarget("\(directory)/\(entry.name)")
        }
        return targets.first { $0.hasSuffix(eventsFile) }.map { String($0.dropLast(eventsFile.count)) }
    }

    /// - Parameter line: a process and those above it, up to what pkrun itself has started.
    private static func job(of line: [Int32], in run: String) -> String? {
        let events = (try? FileSystem.contents(of: run + eventsFile)) ?? []
        var decoder = EventDecoder()
        let cgroup = line.first.flatMap { self.cgroup(of: $0) }
        var found: String?
        for event in events.split(separator: UInt8(ascii: "\n")) {
            guard case .jobStarted(let job, attempt: _, let main) = decoder.decode(event) else { continue }
            // A process whose parent has ended is no longer below the first one of its tree: then both are below the
            // tree's guardian, or in its cgroup.
            let isBelow = line.contains(main) || ProcessRecord(of: main).map { line.contains($0.parentID) } == true
            if isBelow || cgroup != nil && cgroup == self.cgroup(of: main) { found = decoder.names[job.index] }
        }
        return found
    }

    /// Of version 2, where it is that of a tree.
    private static func cgroup(of processID: Int32) -> String? {
        let text = (try? FileSystem.contents(of: "/proc/\(processID)/cgroup")) ?? []
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
            .first { $0.hasPrefix("0::") && $0.contains("/tree-") }
    }
}
