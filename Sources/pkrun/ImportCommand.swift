import ArgumentParser
import PkrunDiagnostics
import PkrunEvents
import PkrunManifest
import PkrunPlan

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Print a process-compose.yaml or a Procfile in pkrun's own language."
    )

    @OptionGroup var appearance: AppearanceOptions
    @Argument(help: "The file.")
    var file: String

    func run() throws {
        let loaded = try LoadedManifest(ManifestOptions(file, appearance))
        let source = ManifestSource(loaded.file.content, path: loaded.file.path, directory: loaded.file.directory)
        var log = DiagnosticLog()
        let node = ManifestLoader.convert(
            source,
            environment: Host.current.environment,
            readFile: Host.current.readFile,
            log: &log
        )
        loaded.say(log.sorted)
        guard let node, !log.hasErrors else { throw ArgumentParser.ExitCode(PkrunEvents.ExitCode.invalidManifest) }
        guard ManifestLoader.isForeign(source) else {
            throw CommandFailure(
                "\(file) is neither a process-compose.yaml nor a Procfile; pkrun init begins with other files",
                PkrunEvents.ExitCode.usage
            )
        }
        print(NodeRenderer.render(node), terminator: "")
    }
}
