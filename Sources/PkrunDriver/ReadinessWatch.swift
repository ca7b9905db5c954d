import PkrunEvents
import PkrunPlan
import PkrunSystem

/// Watches one attempt until every probe has passed, then says so once.
final class ReadinessWatch {
    private let readiness: Readiness
    private let loop: ProbeLoop
    private let settled: (Outcome) -> Void
    private var remaining: Set<Int>
    private var results: [Int: String] = [:]
    private var failures: [Int: Int] = [:]
    private var lines = LineSearch()
    private var ports: [Int: PortSearch] = [:]
    private var timers: [Int: TimerQueue.ID] = [:]
    private var tries: [Int: ProbeTry] = [:]
    private var notification: Reactor.Registration?

    enum Outcome {
        case ready
        /// A probe has failed so many times, and may not be tried again.
        case failed(times: Int)
        /// It will never be: somebody else has the port.
        case taken(UInt16, PortHolder)
    }

    /// - Parameter settled: called once at most, from within `begin` at the earliest.
    init(_ readiness: Readiness, loop: ProbeLoop, settled: @escaping (Outcome) -> Void) {
        self.readiness = readiness
        self.loop = loop
        self.settled = settled
        remaining = Set(readiness.probes.indices)
    }

    func begin() {
        for (index, probe) in readiness.probes.enumerated() where remaining.contains(index) {
            switch probe {
            case .line(let pattern, let stream): lines.add(index, pattern, on: stream)
            case .delay(let delay): timers[index] = loop.after(delay) { [unowned self] in pass(index) }
            case .notify: listen(index)
            case .port(let port):
                ports[index] = PortSearch(port: port)
                attempt(index)
            case .tcp, .http, .exec, .file: attempt(index)
            }
        }
    }

    /// Looks for readiness lines in what one stream wrote; `any` where both streams share a pipe.
    func output(_ chunk: Span<UInt8>, from stream: OutputStreamChoice) {
        for probe in lines.feed(chunk, from: stream) { pass(probe) }
    }

    /// What each probe has come to so far.
    var summary: [ProbeSummary] {
        readiness.probes.enumerated().map { index, probe in
            let passed = !remaining.contains(index)
            let result = passed ? "passed" : results[index] ?? Self.silence(of: probe)
            return ProbeSummary(probe: probe.words, passed: passed, result: result)
        }
    }

    /// Ends every probe; `settled` is not called any more.
    func cancel() {
        remaining = []
        endProbes()
    }

    private func endProbes() {
        lines = LineSearch()
        for timer in timers.values { loop.cancel(timer) }
        for attempt in tries.values { attempt.cancel() }
        stopListening()
        timers = [:]
        tries = [:]
    }

    private func attempt(_ index: Int) {
        guard remaining.contains(index) else { return }
        if let result = ports[index]?.look(from: loop.mainProcess, members: loop.members) {
            settle(index, result)
            return
        }
        let attempt = ProbeTry(loop: loop) { [unowned self] result in
            tries[index] = nil
            settle(index, result)
        }
        tries[index] = attempt
        attempt.begin(readiness.probes[index])
    }

    private func settle(_ index: Int, _ result: ProbeResult) {
        switch result {
        case .passed:
            pass(index)
        case .failed(let words):
            guard remaining.contains(index) else { return }
            results[index] = words
            failures[index, default: 0] += 1
            if let retries = readiness.retries, let times = failures[index], times > retries {
                endProbes()
                settled(.failed(times: times))
                return
            }
            timers[index] = loop.after(readiness.interval) { [unowned self] in attempt(index) }
        case .taken(let port, let holder):
            cancel()
            settled(.taken(port, holder))
        }
    }

    private func pass(_ index: Int) {
        guard remaining.remove(index) != nil, remaining.isEmpty else { return }
        settled(.ready)
    }

    private func listen(_ index: Int) {
        guard let channel = loop.notifyChannel else { return }
        notification = try? loop.reactor.register(channel.descriptor, .read) { [unowned self] in
            for message in channel.receive() {
                switch message {
                case .ready: pass(index)
                case .status(let words): results[index] = words
                case .closed(let words):
                    results[index] = words
                    stopListening()
                }
            }
        }
    }

    private func stopListening() {
        if let notification { loop.reactor.cancel(notification) }
        notification = nil
    }

    /// What there is to say of a probe that never came to a result.
    private static func silence(of probe: Probe) -> String {
        switch probe {
        case .line: "no line matched"
        case .delay: "not over yet"
        case .notify: "nothing was said"
        case .tcp, .http, .port: "no answer yet"
        case .exec: "has not ended yet"
        case .file: "there is no such file"
        }
    }
}
