import PkrunLogs
import PkrunPlan
import PkrunSystem

/// The way of a job's output into its log: the one place that chooses it.
///
/// Standard output and standard error share one pipe, so that their order is kept. They get one each where the log is
/// split, or where a readiness line counts on one of them alone.
struct JobOutputs {
    private let output: OutputCapture
    private let errors: OutputCapture?

    /// What captures need from the loop in which they live.
    struct Loop {
        let reactor: Reactor
        let buffer: CaptureBuffer
        /// Sees every chunk after it is in the log.
        let reader: (Span<UInt8>, OutputStreamChoice) -> Void
        /// Told that a log cannot be written.
        let failed: (SystemError) -> Void

        func capture(to log: LogFile, _ stream: OutputStreamChoice) throws(SystemError) -> OutputCapture {
            try OutputCapture(
                to: log,
                reactor: reactor,
                buffer: buffer,
                reader: { reader($0, stream) },
                failed: failed
            )
        }
    }

    /// - Parameter logPath: the path of a log in the run's directory, given its suffix.
    init(_ job: JobPlan, loop: Loop, logPath: (String) -> String) throws(SystemError) {
        let log = try LogFile(path: job.log.path ?? logPath(job.log.split ? "out.log" : "log"))
        guard job.log.split || Self.tellsStreamsApart(job.readiness) else {
            output = try loop.capture(to: log, .any)
            errors = nil
            return
        }
        let errorLog = job.log.split ? try LogFile(path: job.log.path.map { "\($0).err" } ?? logPath("err.log")) : log
        output = try loop.capture(to: log, .stdout)
        errors = try loop.capture(to: errorLog, .stderr)
    }

    /// The descriptors that become 1 and 2 of the job.
    var standardOutput: Int32 { output.writer }
    var standardError: Int32 { errors?.writer ?? output.writer }

    /// To be begun once the job has its descriptors.
    var captures: [OutputCapture] { [output, errors].compactMap(\.self) }

    private static func tellsStreamsApart(_ readiness: Readiness) -> Bool {
        readiness.probes.contains { probe in
            if case .line(_, let stream) = probe { stream != .any } else { false }
        }
    }
}
