internal import PkrunDiagnostics
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
    /// - Returns: none where the file cannot be read, or tells of nothing that could be run here.
    package static func jobs(in bytes: [UInt8], named name: String) -> [Job] {
        var log = DiagnosticLog()
        // JSON is YAML too.
        guard let file = try? SourceFile.decode(bytes, path: name), let root = YAML.read(file, log: &log) else {
            return []
        }
        return name == "package.json" ? scripts(of: root) : services(of: root)
    }

    /// Scripts of npm that stay up; the others wait until they are named.
    private static func scripts(of root: Node) -> [Job] {
        guard case .mapping(let scripts) = root.entry("scripts")?.value.content else { return [] }
        let stays: Set<String> = ["dev", "start", "serve", "watch", "preview"]
        let main = ["dev", "start", "serve"].first { name in scripts.contains { $0.key == name } }
        return scripts.filter { $0.value.word != nil }
            .map { script in
                Job(
                    name: nameable(script.key),
                    command: "npm run \(script.key)",
                    isService: stays.contains(script.key),
                    isDisabled: script.key != main
                )
            }
    }

    /// Services of compose that say what to execute. What only an image knows cannot be run outside of it.
    private static func services(of root: Node) -> [Job] {
        guard case .mapping(let services) = root.entry("services")?.value.content else { return [] }
        let runnable = services.filter { $0.value.entry("command") != nil }
        let names = Set(runnable.map(\.key))
        return runnable.compactMap { service in
            guard let command = command(service.value) else { return nil }
            return Job(
                name: nameable(service.key),
                command: command,
                isService: true,
                environment: environment(service.value),
                dependencies: dependencies(service.value).filter(names.contains).map(nameable)
            )
        }
    }

    private static func command(_ service: Node) -> String? {
        guard let command = service.entry("command")?.value else { return nil }
        guard case .sequence(let words) = command.content else { return command.word }
        return words.compactMap(\.word).map(quoted).joined(separator: " ")
    }

    /// A word as a shell takes it for one.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-./:=@%+,".utf8.contains(byte)
            }
        return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }

    private static func environment(_ service: Node) -> [(name: String, value: String)] {
        switch service.entry("environment")?.value.content {
        case .mapping(let entries): entries.compactMap { entry in entry.value.word.map { (entry.key, $0) } }
        case .sequence(let items):
            items.compactMap { item in
                guard let word = item.word, let separator = word.firstIndex(of: "=") else { return nil }
                return (String(word[..<separator]), String(word[word.index(after: separator)...]))
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

    private static func nameable(_ name: String) -> String {
        let letters = name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" }
        return String(letters.drop { $0 == "-" || $0 == "." }.prefix(50))
    }
}
