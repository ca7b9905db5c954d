import PkrunLogs
import PkrunPlan
import PkrunSystem

/// Watches one attempt until every probe has passed, then says so once.
final class ReadinessWatch {
    private let interval: Duration
    private let loop: ProbeLoop
    private let passed: () -> Void
    private var remaining: Set<Int>
    private var patterns: [PatternSearch] = []
    private var timers: [Int: TimerQueue.ID] = [:]
    private var connections: [Int: ProbeConnection] = [:]
    private var commands: [Int: RunningCommand] = [:]

    /// What probes need from the loop in which they live.
    struct ProbeLoop {
        let reactor: Reactor
        let after: (Duration, @escaping () -> Void) -> TimerQueue.ID
        let cancel: (TimerQueue.ID) -> Void
        /// Starts a probe's command beside the job; answers with its success when its tree has ended.
        let run: ([String], @escaping (Bool) -> Void) -> RunningCommand?
    }

    private struct PatternSearch {
        let probe: Int
        let stream: OutputStreamChoice
        let pattern: LinePattern
        /// Each stream has lines of its own.
        var framers: [OutputStreamChoice: LineFramer] = [:]
    }

    /// - Parameter passed: called once, never from within `init`.
    init(_ readiness: Readiness, loop: ProbeLoop, passed: @escaping () -> Void) {
        interval = readiness.interval
        self.loop = loop
        self.passed = passed
        remaining = Set(readiness.probes.indices)
        for (index, probe) in readiness.probes.enumerated() { begin(index, probe) }
    }

    /// Looks for readiness lines in what one stream wrote; `any` where both streams share a pipe.
    func output(_ chunk: Span<UInt8>, from stream: OutputStreamChoice) {
        var found: [Int] = []
        for index in patterns.indices where [.any, stream].contains(patterns[index].stream) {
            let pattern = patterns[index].pattern
            var isFound = false
            patterns[index].framers[stream, default: LineFramer()].feed(chunk) { line in
                isFound = pattern.matches(line)
                return !isFound
            }
            if isFound { found.append(patterns[index].probe) }
        }
        guard !found.isEmpty else { return }
        patterns.removeAll { found.contains($0.probe) }
        for probe in found { pass(probe) }
    }

    /// Ends every probe; `passed` is not called any more.
    func cancel() {
        remaining = []
        patterns = []
        for timer in timers.values { loop.cancel(timer) }
        for connection in connections.values { connection.cancel() }
        for command in commands.values { command.kill() }
        timers = [:]
        connections = [:]
        commands = [:]
    }

    private func begin(_ index: Int, _ probe: Probe) {
        switch probe {
        case .line(let text, let stream):
            // The planner has compiled the pattern before: it is valid.
            guard let pattern = try? LinePattern(text) else { return }
            patterns.append(PatternSearch(probe: index, stream: stream, pattern: pattern))
        case .delay(let delay):
            timers[index] = loop.after(delay) { [unowned self] in pass(index) }
        case .tcp(let host, let port):
            connect(index, ProbeConnection.Target(host: host, port: port, http: nil))
        case .http(let http):
            connect(index, ProbeConnection.Target(host: http.host, port: http.port, http: http))
        case .exec(let arguments):
            run(index, arguments)
        }
    }

    private func connect(_ index: Int, _ target: ProbeConnection.Target) {
        let again = { [unowned self] in connect(index, target) }
        connections[index] = try? ProbeConnection(target, reactor: loop.reactor) { [unowned self] success in
            connections[index] = nil
            settle(index, success, again: again)
        }
        if connections[index] == nil { retry(index, again) }
    }

    private func run(_ index: Int, _ arguments: [String]) {
        let again = { [unowned self] in run(index, arguments) }
        commands[index] = loop.run(arguments) { [weak self] success in
            self?.commands[index] = nil
            self?.settle(index, success, again: again)
        }
        if commands[index] == nil { retry(index, again) }
    }

    private func settle(_ index: Int, _ success: Bool, again: @escaping () -> Void) {
        if success { pass(index) } else { retry(index, again) }
    }

    private func retry(_ index: Int, _ again: @escaping () -> Void) {
        guard remaining.contains(index) else { return }
        timers[index] = loop.after(interval, again)
    }

    private func pass(_ index: Int) {
        guard remaining.remove(index) != nil, remaining.isEmpty else { return }
        passed()
    }
}
