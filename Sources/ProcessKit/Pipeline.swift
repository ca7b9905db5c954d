/// Commands of which each reads what the one before it writes, through pipes of the kernel.
///
/// Made by `|`: `Command("dmesg") | Command("grep", ["usb"]) | Command("wc", ["-l"])`. The first reads, and the last
/// writes, as its command says.
public struct Pipeline: Sendable {
    /// The stages, from the first, which reads, to the last, which writes.
    public var commands: [Command]

    /// A pipeline of any number of stages.
    public init(_ commands: [Command]) { self.commands = commands }

    /// Runs all of them, each in a container of its own, and takes what the last one writes.
    ///
    /// Cancelling the task stops them all.
    /// - Throws: ``ProcessError/cancelled``, and what keeps a stage from being started: then none goes on.
    public func output(demanding mechanism: Mechanism? = nil) async throws(ProcessError) -> PipelineOutput {
        try await ProcessThread.wait { () throws(ProcessError) in
            try await GroupCore(demanding: mechanism).run(commands)
        }
    }

    /// The pipeline with one more stage.
    public static func | (pipeline: Pipeline, last: Command) -> Pipeline {
        Pipeline(pipeline.commands + [last])
    }
}

extension Command {
    /// A pipeline of two stages.
    public static func | (first: Command, second: Command) -> Pipeline {
        Pipeline([first, second])
    }
}

/// What the stages of a pipeline have written, and how they ended.
public struct PipelineOutput: Sendable, Equatable {
    /// Of the last stage.
    public var standardOutput: [UInt8] = []
    /// One per stage; of one before the last, also what it writes to its ``Command/terminal``.
    public var standardErrors: [[UInt8]] = []
    /// One per stage.
    public var results: [ProcessResult] = []

    /// The stage that is to blame, counted from 0: the last that failed. One that SIGPIPE has ended has only been told
    /// that nobody reads on, so that any other comes first. `nil` where all have succeeded.
    public var blamed: Int? {
        let failed = results.indices.filter { !results[$0].status.isSuccess }
        return failed.last { results[$0].status != .signaled(.brokenPipe) } ?? failed.last
    }

    /// That of the stage to blame, or success.
    public var status: ExitStatus { blamed.map { results[$0].status } ?? .exited(0) }

    /// Standard output of the last stage as UTF-8.
    public var text: String { String(decoding: standardOutput, as: UTF8.self) }
}
