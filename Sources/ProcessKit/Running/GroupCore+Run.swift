/// Commands that are run to their end, of which nobody gets hold meanwhile.
///
/// All is done on one thread, from the start to the last byte: each change of threads takes its time.
extension GroupCore {
    func run(_ command: Command) async throws(ProcessError) -> CapturedOutput {
        let tree = try start(command.unattended)
        tree.output.collect()
        return CapturedOutput(
            result: try await tree.outcome(),
            standardOutput: tree.output.collected(from: .standardOutput),
            standardError: tree.output.collected(from: .standardError)
        )
    }

    /// Runs commands of which each reads what the one before it writes, alone in this group. Where one cannot be run to
    /// its end, none goes on.
    func run(_ commands: [Command]) async throws(ProcessError) -> PipelineOutput {
        let stages = try start(commands.map(\.unattended))
        for stage in stages { stage.output.collect() }
        var output = PipelineOutput()
        do throws(ProcessError) {
            for stage in stages {
                output.results.append(try await stage.outcome())
                let written = stage.output.collected(from: .standardOutput)
                let error = stage.output.collected(from: .standardError)
                let isLast = stage === stages.last
                // Who writes to the next one has a terminal for its standard error only.
                output.standardErrors.append(isLast ? error : error + written)
                if isLast { output.standardOutput = written }
            }
        } catch {
            await killAll()
            throw error
        }
        return output
    }
}
