import PkrunLogs
import PkrunPlan
import PkrunSystem

/// The way of a job's output into its log: the one place that chooses it.
///
/// Where nobody looks at the output on its way, the job writes to the log itself, as with a shell's `>>`, which costs
/// nothing. Else it goes through a pipe, or through the job's own terminal. Standard output and standard error share
/// one way, so that their order is kept; they get one each where the log is split, or where a readiness line counts on
/// one of them alone.
struct JobOutputs {
    /// To be begun once the job has its descriptors; none where the job writes to the log itself.
    let captures: [OutputCapture]
    /// Where it all goes: one file, or one for each stream.
    private let logs: [LogFile]
    private let terminal: TerminalPair?

    /// What captures need from the loop in which they live.
    struct Loop {
        let reactor: Reactor
        let buffer: CaptureBuffer
        /// `nil` where there are no secrets.
        let redactor: Redactor?
        /// Sees every chunk after it is in the log.
        let reader: (Span<UInt8>, OutputStreamChoice) -> Void
        /// Told that a log cannot be written.
        let failed: (SystemError) -> Void

        fileprivate func capture(
            to log: LogFile,
            from terminal: TerminalPair? = nil,
            _ stream: OutputStreamChoice
        ) throws(SystemError) -> OutputCapture {
            try OutputCapture(
                to: log,
                from: terminal,
                redactor: redactor,
                reactor: reactor,
                buffer: buffer,
                reader: { reader($0, stream) },
                failed: failed
            )
        }
    }

    /// - Parameters:
    ///   - terminal: the job's own.
    ///   - isShown: whether the user sees the output.
    ///   - logPath: the path of a log in the run's directory, given its suffix.
    init(
        _ job: JobPlan,
        terminal: TerminalPair?,
        isShown: Bool,
        loop: Loop,
        logPath: (String) -> String
    ) throws(SystemError) {
        self.terminal = terminal
        let limit = job.log.rotation.map {
            LogFile.Limit(size: Int(clamping: $0.maximumSize), files: $0.maximumFiles)
        }
        let log = try LogFile(path: job.log.path ?? logPath(job.log.split ? "out.log" : "log"), limit: limit)
        let errorLog =
            job.log.split
            ? try LogFile(path: job.log.path.map { "\($0).err" } ?? logPath("err.log"), limit: limit) : log
        logs = job.log.split ? [log, errorLog] : [log]
        if let terminal {
            captures = [try loop.capture(to: log, from: terminal, .any)]
            return
        }
        guard isShown || job.idleTimeout != nil || limit != nil || loop.redactor != nil || job.readiness.readsOutput
        else {
            captures = []
            return
        }
        if job.log.split || job.readiness.tellsStreamsApart {
            captures = [try loop.capture(to: log, .stdout), try loop.capture(to: errorLog, .stderr)]
        } else {
            captures = [try loop.capture(to: log, .any)]
        }
    }

    /// The descriptors that become 1 and 2 of the job.
    var standardOutput: Int32 { terminal?.programSide ?? captures.first?.writer ?? logs.first?.number ?? -1 }
    var standardError: Int32 { terminal?.programSide ?? captures.last?.writer ?? logs.last?.number ?? -1 }

    /// What the job wrote last, where there was anything to read.
    var lastLine: String? { logs.compactMap(\.lastLine).max { $0.time < $1.time }?.text }
}

extension Readiness {
    fileprivate var readsOutput: Bool { !lineStreams.isEmpty }

    fileprivate var tellsStreamsApart: Bool { lineStreams.contains { $0 != .any } }

    private var lineStreams: [OutputStreamChoice] {
        probes.compactMap { if case .line(_, let stream) = $0 { stream } else { nil } }
    }
}
