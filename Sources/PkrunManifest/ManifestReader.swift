internal import PkrunDiagnostics
internal import PkrunYAML

/// Reads nodes into the typed manifest. It never stops at an error: it leaves a hole and goes on.
struct ManifestReader {
    var log: DiagnosticLog
    /// What `${…}` sees in what is being read.
    var interpolation: Interpolation
    /// Other files, by absolute path.
    let readFile: @Sendable (String) -> FileContent
    /// Files that were read for the jobs in them, by absolute path; `nil` where that went wrong.
    var extendedFiles: [String: JobDefinitions?] = [:]
    /// What the user says about copies of jobs.
    var scale = JobScale()
    /// `PORT` of the first copy of processes that get one port each.
    var firstPorts: [String: Int] = [:]
    /// How many copies of jobs there are so far.
    var copies = 0
    /// Jobs that extend each other and have been reported, by their names.
    var extensionCircles: Set<Set<String>> = []
    /// Files that are part of the manifest already, by absolute path.
    var includedFiles: Set<String> = []
    /// Whether what is being read may name secrets.
    var admitsSecrets = false
    var locator = ScalarLocator()

    mutating func report(
        _ code: DiagnosticCode,
        _ message: @autoclosure () -> String,
        at range: SourceRange,
        hint: @autoclosure () -> String? = nil,
        notes: @autoclosure () -> [Diagnostic.Note] = []
    ) {
        log.report(Diagnostic(code, message(), at: range, hint: hint(), notes: notes()))
    }

    /// The text of a scalar, interpolated: the one way from a node to a value.
    mutating func text(_ scalar: Node.Scalar, at range: SourceRange) -> Located<String>? {
        let (text, problems) = interpolation.expand(scalar.text)
        guard !problems.isEmpty else {
            guard text == scalar.text || admitsSecrets || !SecretReference.stands(in: text) else {
                report(
                    .misplacedSecret,
                    "a secret can only stand in the value of a job's variable",
                    at: range,
                    hint: "put it into 'env', and let the command read it there"
                )
                return nil
            }
            return Located(text, at: range)
        }
        guard !log.isFull else { return nil }
        let places = locator.ranges(of: problems.map(\.expression), in: scalar.text, at: range)
        for (problem, place) in zip(problems, places) {
            report(problem.code, problem.message, at: place, hint: problem.hint)
        }
        return nil
    }
}
