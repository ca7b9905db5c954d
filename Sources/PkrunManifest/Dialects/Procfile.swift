internal import PkrunDiagnostics
internal import PkrunYAML

/// `name: command` on each line, as foreman reads it.
///
/// Each process is a service; when one ends, all are stopped. `PORT` is 5000 for the first, 100 more for each next, and
/// one more for each copy; `PS` is the name of the copy.
struct Procfile {
    /// The first port of each process.
    private(set) var ports: [String: Int] = [:]
    private(set) var log: DiagnosticLog
    private let basePort: Int
    private let scale: JobScale
    private var jobs: [Node.Entry] = []

    /// - Parameter basePort: the first process's port.
    init(basePort: Int, scale: JobScale, log: DiagnosticLog) {
        self.basePort = basePort
        self.scale = scale
        self.log = log
    }

    mutating func convert(_ file: SourceFile) -> Node {
        var offset = 0
        for scalars in file.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            read(Substring(scalars), at: offset, of: file)
            offset += scalars.count + 1
        }
        let start = file.start
        let defaults = Node.map(
            [
                Node.Entry("shell", .list(["sh", "-c"], at: start)),
                Node.Entry("stop_grace_period", .text("5s", at: start)),
            ],
            at: start
        )
        return .map(
            [
                Node.Entry("env_file", .optionalEnvironmentFile(at: start)), Node.Entry("defaults", defaults),
                Node.Entry("jobs", .map(jobs, at: start)),
            ],
            at: start
        )
    }

    private mutating func read(_ line: Substring, at offset: Int, of file: SourceFile) {
        let text = line.drop(while: \.isWhitespace)
        guard !text.isEmpty, text.first != "#" else { return }
        let start = offset + line.unicodeScalars.count - text.unicodeScalars.count
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        let rest = text[name.endIndex...]
        let command = rest.dropFirst().drop(while: \.isWhitespace)
        let nameRange = file.range(start..<start + max(name.unicodeScalars.count, 1))
        guard !name.isEmpty, rest.first == ":", !command.isEmpty else {
            log.report(Diagnostic(.syntax, "expected 'name: command'", at: nameRange))
            return
        }
        if let first = jobs.first(where: { $0.key == name }) {
            let note = Diagnostic.Note("it stands here already", at: first.keyRange)
            log.report(Diagnostic(.duplicateKey, "duplicate process '\(name)'", at: nameRange, notes: [note]))
            return
        }
        let commandStart = start + text.unicodeScalars.count - command.unicodeScalars.count
        let range = file.range(commandStart..<commandStart + command.unicodeScalars.count)
        add(String(name), nameRange, .text(command.trimmed.replacing("$", with: "$$"), at: range))
    }

    private mutating func add(_ name: String, _ place: SourceRange, _ command: Node) {
        let port = basePort + 100 * jobs.count
        ports[name] = port
        let own =
            scale.count(of: name) ?? 0 == 0
            ? [("PORT", String(port)), ("PS", "\(name).1")] : [("PS", "\(name).${PKRUN_REPLICA}")]
        let job = Node.map(
            [
                Node.Entry("command", command), Node.Entry("kind", .text("service", at: place)),
                Node.Entry("env", .map(own.map { Node.Entry($0, .text($1, at: place)) }, at: place)),
            ],
            at: command.range
        )
        jobs.append(Node.Entry(key: name, keyRange: place, value: job))
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
