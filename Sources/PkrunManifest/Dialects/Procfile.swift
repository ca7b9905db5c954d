internal import PkrunDiagnostics
internal import PkrunYAML

/// `name: command` on each line, as foreman reads it.
///
/// Each process is a service; when one ends, all are stopped. `PORT` is 5000 for the first, and 100 more for each next.
enum Procfile {
    /// - Parameter basePort: the first process's port.
    static func convert(_ file: SourceFile, basePort: Int, _ log: inout DiagnosticLog) -> Node {
        var jobs: [Node.Entry] = []
        var names: [String: SourceRange] = [:]
        var offset = 0
        for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
            defer { offset += line.unicodeScalars.count + 1 }
            let text = line.drop(while: \.isWhitespace)
            guard !text.isEmpty, text.first != "#" else { continue }
            let start = offset + line.unicodeScalars.count - text.unicodeScalars.count
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            let rest = text[name.endIndex...]
            let command = rest.dropFirst().drop(while: \.isWhitespace)
            let nameRange = file.range(start..<start + max(name.unicodeScalars.count, 1))
            guard !name.isEmpty, rest.first == ":", !command.isEmpty else {
                log.report(Diagnostic(.syntax, "expected 'name: command'", at: nameRange))
                continue
            }
            if let first = names.updateValue(nameRange, forKey: String(name)) {
                let note = Diagnostic.Note("it stands here already", at: first)
                log.report(Diagnostic(.duplicateKey, "duplicate process '\(name)'", at: nameRange, notes: [note]))
                continue
            }
            let commandStart = start + text.unicodeScalars.count - command.unicodeScalars.count
            let range = file.range(commandStart..<commandStart + command.unicodeScalars.count)
            let port = Node.map(
                [Node.Entry("PORT", .text("\(basePort + 100 * jobs.count)", at: nameRange))],
                at: nameRange
            )
            let job = Node.map(
                [
                    Node.Entry("command", .text(command.trimmed.replacing("$", with: "$$"), at: range)),
                    Node.Entry("kind", .text("service", at: nameRange)), Node.Entry("env", port),
                ],
                at: range
            )
            jobs.append(Node.Entry(key: String(name), keyRange: nameRange, value: job))
        }
        let start = file.start
        return .map(
            [
                Node.Entry("env_file", .optionalEnvironmentFile(at: start)),
                Node.Entry(
                    "defaults",
                    .map(
                        [
                            Node.Entry("shell", .list(["sh", "-c"], at: start)),
                            Node.Entry("stop_grace_period", .text("5s", at: start)),
                        ],
                        at: start
                    )
                ),
                Node.Entry("jobs", .map(jobs, at: start)),
            ],
            at: start
        )
    }
}

extension Node {
    /// `.env` beside the manifest, if there is one.
    static func optionalEnvironmentFile(at range: SourceRange) -> Node {
        let file = Node.map(
            [Node.Entry("path", .text(".env", at: range)), Node.Entry("required", .text("false", at: range))],
            at: range
        )
        return Node(.sequence([file]), at: range)
    }
}

extension Substring {
    /// Without blanks at the end.
    fileprivate var trimmed: String {
        String(self[..<(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)])
    }
}
