package import PkrunDiagnostics
internal import PkrunYAML

/// A manifest to begin with, made from what a project has already.
package enum FirstManifest {
    /// The files that tell something, those that tell most first.
    package static let sources = [
        "process-compose.yaml", "process-compose.yml", "Procfile", "Procfile.dev", "compose.yaml", "compose.yml",
        "docker-compose.yaml", "docker-compose.yml", "package.json",
    ]

    /// One job of the first manifest.
    package struct Job: Sendable {
        package var name: String
        package var command: String
        /// Stays up, rather than come to an end.
        package var isService: Bool
        /// Runs only when it is named.
        package var isDisabled: Bool
        package var environment: [(name: String, value: String)]
        package var dependencies: [String]

        package init(
            name: String,
            command: String,
            isService: Bool = false,
            isDisabled: Bool = false,
            environment: [(name: String, value: String)] = [],
            dependencies: [String] = []
        ) {
            self.name = name
            self.command = command
            self.isService = isService
            self.isDisabled = isDisabled
            self.environment = environment
            self.dependencies = dependencies
        }
    }

    /// The jobs that a file of the project tells of, besides manifests of other tools, which can be imported.
    ///
    /// - Returns: none where the file cannot be read, which is reported, or tells of nothing that could be run here;
    ///   and the names of services of which only an image knows what to run.
    package static func read(
        _ bytes: [UInt8],
        named name: String,
        log: inout DiagnosticLog
    ) -> (jobs: [Job], omitted: [String]) {
        let file: SourceFile
        do throws(Diagnostic) {
            file = try SourceFile.decode(bytes, path: name)
        } catch {
            log.report(error)
            return ([], [])
        }
        // JSON is YAML too.
        guard let root = YAML.read(file, log: &log) else { return ([], []) }
        return name == "package.json" ? (scripts(of: root), []) : services(of: root)
    }

    /// Scripts of npm that stay up; the others wait until they are named.
    private static func scripts(of root: Node) -> [Job] {
        guard case .mapping(let scripts) = root.entry("scripts")?.value.content else { return [] }
        let stays: Set<String> = ["dev", "start", "serve", "watch", "preview"]
        let main = ["dev", "start", "serve"].first { name in scripts.contains { $0.key == name } }
        let names = names(for: scripts)
        return scripts.filter { $0.value.word != nil }
            .map { script in
                Job(
                    name: names[script.key] ?? "",
                    command: "npm run \(quoted(script.key).replacing("$", with: "$$"))",
                    isService: stays.contains(script.key),
                    isDisabled: script.key != main
                )
            }
    }

    /// Services of compose that say what to execute. What only an image knows cannot be run outside of it.
    private static func services(of root: Node) -> (jobs: [Job], omitted: [String]) {
        guard case .mapping(let services) = root.entry("services")?.value.content else { return ([], []) }
        let runnable = services.filter { command($0.value) != nil }
        let names = names(for: runnable)
        let jobs = runnable.compactMap { service in
            command(service.value).map { command in
                Job(
                    name: names[service.key] ?? "",
                    command: command,
                    isService: true,
                    environment: environment(service.value),
                    dependencies: dependencies(service.value).compactMap { names[$0] }
                )
            }
        }
        return (jobs, services.map(\.key).filter { names[$0] == nil })
    }

    /// A variable that is not set is empty in compose.
    private static func lenient(_ text: String) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "${") {
            let name = rest[open.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let isEscaped = rest[..<open.lowerBound].reversed().prefix { $0 == "$" }.count % 2 == 1
            output += rest[..<name.endIndex]
            rest = rest[name.endIndex...]
            if !isEscaped, rest.first == "}" { output += "-" }
        }
        return output + rest
    }

    private static func command(_ service: Node) -> String? {
        guard let command = service.entry("command")?.value else { return nil }
        guard case .sequence(let words) = command.content else { return command.word.map(lenient) }
        let text = words.compactMap(\.word).map(quoted).joined(separator: " ")
        return text.isEmpty ? nil : lenient(text)
    }

    /// A word as a shell takes it for one.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_-./:=@%+,".utf8.contains($0) }
        return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }

    private static func environment(_ service: Node) -> [(name: String, value: String)] {
        switch service.entry("environment")?.value.content {
        case .mapping(let entries): entries.compactMap { entry in entry.value.word.map { (entry.key, lenient($0)) } }
        case .sequence(let items):
            items.compactMap { item in
                guard let word = item.word, let separator = word.firstIndex(of: "=") else { return nil }
                return (String(word[..<separator]), lenient(String(word[word.index(after: separator)...])))
            }
        case .scalar, nil: []
        }
    }

    private static func dependencies(_ service: Node) -> [String] {
        switch service.entry("depends_on")?.value.content {
        case .mapping(let entries): entries.map(\.key)
        case .sequence(let items): items.compactMap(\.word)
        case .scalar, nil: []
        }
    }

    /// Names of jobs, all of them different.
    private static func names(for entries: [Node.Entry]) -> [String: String] {
        var taken: Set<String> = []
        return entries.reduce(into: [:]) { names, entry in
            let letters = entry.key.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" }
            let base = String(letters.drop { $0 == "-" || $0 == "." }.prefix(25))
            var name = base.isEmpty ? "job" : base
            while !taken.insert(name).inserted { name = "\(base)-\(taken.count)" }
            names[entry.key] = name
        }
    }
}
