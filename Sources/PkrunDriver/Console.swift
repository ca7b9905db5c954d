import PkrunEvents
import PkrunPlan
import PkrunReporter
import PkrunSystem

/// What a run shows on standard output: the jobs' lines and pkrun's own.
final class Console {
    private let display: Display
    private let output: RunOptions.Output
    private let goal: JobID?
    private var column: PrefixColumn
    private let usesColor: Bool
    /// The jobs whose lines are shown with the time.
    private var stamped: Set<JobID>
    private var reporter: TerminalReporter
    private var prefixers: [Source: OutputPrefixer] = [:]

    private struct Source: Hashable {
        let job: JobID
        let stream: OutputStreamChoice
    }

    init(plan: Plan, options: RunOptions, reactor: Reactor) throws(SystemError) {
        display = try Display(reactor: reactor)
        output = options.output
        goal = plan.goals.first
        usesColor = options.color
        stamped = plan.stampedJobs
        column = PrefixColumn(plan: plan, usesColor: usesColor)
        reporter = TerminalReporter(plan: plan, usesColor: options.color)
    }

    /// Another plan holds from now on, with the jobs of the old one in their places.
    func replan(_ plan: Plan) {
        stamped = plan.stampedJobs
        column = PrefixColumn(plan: plan, usesColor: usesColor)
        for source in prefixers.keys { prefixers[source]?.begin(as: prefixer(for: source.job)) }
    }

    var isCongested: Bool { display.isCongested }

    /// Called when a congested console has room again.
    var becameFree: () -> Void {
        get { display.becameFree }
        set { display.becameFree = newValue }
    }

    /// - Parameter time: since the start of the run.
    func receive(_ event: RunEvent, at time: Duration) {
        guard output != .goal else { return }
        display.show { reporter.receive(event, at: time, to: &$0) }
    }

    func shows(_ job: JobID) -> Bool {
        switch output {
        case _ where display.isGone: false
        case .prefixed: true
        case .goal: job == goal
        case .none: false
        }
    }

    /// What is left of the window beside the job's prefix; where there is none, the usual size.
    func terminalSize(of job: JobID) -> TerminalSize {
        guard var size = Descriptor.standardOutput.terminalSize else { return .usual }
        if output == .prefixed {
            let stamp = stamped.contains(job) ? Self.stamp().count : 0
            size.columns -= min(size.columns - 1, UInt16(clamping: column.width(of: job) + stamp))
        }
        return size
    }

    func show(_ chunk: Span<UInt8>, of job: JobID, _ stream: OutputStreamChoice) {
        unsafe chunk.withUnsafeBytes { bytes in
            switch output {
            case .none:
                break
            case .goal:
                if job == goal { display.show { unsafe $0.append(contentsOf: bytes) } }
            case .prefixed:
                let source = Source(job: job, stream: stream)
                display.show { shown in
                    unsafe prefixers[source, default: prefixer(for: job)].append(bytes, to: &shown)
                }
            }
        }
    }

    /// Shows what is left of a line that its job did not finish.
    func endOutput(of job: JobID) {
        guard !prefixers.isEmpty else { return }
        for stream in OutputStreamChoice.allCases {
            guard var prefixer = prefixers.removeValue(forKey: Source(job: job, stream: stream)) else { continue }
            display.show { prefixer.flush(to: &$0) }
        }
    }

    func flush() { display.flush() }

    func finish() { display.finish() }

    private func prefixer(for job: JobID) -> OutputPrefixer {
        let prefix = column.prefix(of: job)
        guard stamped.contains(job) else { return OutputPrefixer(prefix: prefix) }
        return OutputPrefixer(prefix: prefix, stamp: Self.stamp)
    }

    @Sendable private static func stamp() -> [UInt8] { Array("\(WallClock.timeOfDay) ".utf8) }
}

extension Plan {
    fileprivate var stampedJobs: Set<JobID> {
        Set(jobs.indices.filter { jobs[$0].log.display.timestamps }.map { JobID($0) })
    }
}
