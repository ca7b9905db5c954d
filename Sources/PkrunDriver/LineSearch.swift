import PkrunLogs
import PkrunPlan

/// Looks for readiness lines in the output of a job.
struct LineSearch {
    private var patterns: [Pattern] = []

    private struct Pattern {
        let probe: Int
        let stream: OutputStreamChoice
        let pattern: LinePattern
        /// Each stream has lines of its own.
        var framers: [OutputStreamChoice: LineFramer] = [:]
    }

    /// - Parameter probe: what the pattern is called when it is found.
    mutating func add(_ probe: Int, _ text: String, on stream: OutputStreamChoice) {
        // The planner has compiled the pattern before: it is valid.
        guard let pattern = try? LinePattern(text) else { return }
        patterns.append(Pattern(probe: probe, stream: stream, pattern: pattern))
    }

    /// - Parameter stream: `any` where both streams share a pipe.
    /// - Returns: the probes whose pattern was found; they are not looked for any more.
    mutating func feed(_ chunk: Span<UInt8>, from stream: OutputStreamChoice) -> [Int] {
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
        patterns.removeAll { found.contains($0.probe) }
        return found
    }
}
