import CPkrunBench
import Glibc
import PkrunSystem

/// Services that start one after the other, each when the one before has said that it is ready.
///
/// A service writes the time at which it writes, so that the same run tells how late its line is noticed.
struct ServiceChain {
    let length: Int
    let rounds: Int
    let workshop: Workshop

    func run() throws {
        try workshop.write(
            "chain.yaml",
            (0..<length).reduce(into: "jobs:\n") { text, service in
                let after = service == 0 ? "" : ", depends_on: [s\(service - 1)]"
                text += "  s\(service): { command: [\(workshop.bench), tell-time], ready: { line: at }\(after) }\n"
            } + "  last: { command: [/bin/true], depends_on: [s\(length - 1)] }\n"
        )
        var hops = Comparison("a chain of \(length) services, to the last one's line")
        var notice = Comparison("from a line written to the service ready")
        for _ in 0..<rounds {
            hops.add("started in C", try ideal())
            _ = try Measured.seconds(
                [workshop.pkrun, "up", "-q", "-f", "\(workshop.path)/chain.yaml", "last"],
                in: workshop
            )
            let ready = try times(of: "job-ready")
            let written = try (0..<length).map { try timeWritten(by: "s\($0)") }
            guard let start = try times(of: "run-started").first, let end = ready.last else { continue }
            hops.add("pkrun", end - start)
            for (written, ready) in zip(written, ready) { notice.add("pkrun", ready - written) }
        }
        hops.report()
        notice.report()
    }

    /// The same processes, with nothing between a line and the next start.
    private func ideal() throws -> Duration {
        var services: [pid_t] = []
        defer { services.forEach(Measured.stop) }
        let start = MonotonicClock.now
        for _ in 0..<length {
            var child: pid_t = 0
            try unsafe Bench.check(bench_start_ready(workshop.bench, "tell-time", &child))
            services.append(child)
        }
        return MonotonicClock.now - start
    }

    /// When events of this kind came, in their order, since midnight.
    private func times(of kind: String) throws -> [Duration] {
        let events = try FileSystem.contents(of: "\(workshop.path)/.pkrun/latest/events.jsonl")
        return String(decoding: events, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: "\"")
            guard words.contains(Substring(kind)), let name = words.firstIndex(of: "time") else { return nil }
            return Self.sinceMidnight(words[name + 2])
        }
    }

    /// `2026-01-31T12:59:59.123456Z`
    private static func sinceMidnight(_ time: Substring) -> Duration? {
        let parts = time.dropFirst(11).dropLast().split { ":.".contains($0) }.compactMap { Int($0) }
        guard parts.count == 4 else { return nil }
        return .seconds((parts[0] * 60 + parts[1]) * 60 + parts[2]) + .microseconds(parts[3])
    }

    /// The log says `at SECONDS NANOSECONDS`.
    private func timeWritten(by service: String) throws -> Duration {
        let log = try FileSystem.contents(of: "\(workshop.path)/.pkrun/latest/logs/\(service).log")
        let words = String(decoding: log, as: UTF8.self).split { " \n".contains($0) }.compactMap { Int($0) }
        return .seconds(words[0] % 86_400) + .nanoseconds(words[1])
    }
}
