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
        guard ManifestLoader.isForeign(source) else {
            throw CommandFailure(
                "\(file) is neither a process-compose.yaml nor a Procfile; pkrun init begins with other files",
                PkrunEvents.ExitCode.usage
            )
        }
        let planning = loaded.planning()
        loaded.say(planning.diagnostics)
        let isInvalid = planning.diagnostics.contains { $0.severity == .error }
        var log = DiagnosticLog()
        let host = Host.current
        let node = ManifestLoader.convert(source, environment: host.environment, readFile: host.readFile, log: &log)
        if let node, !log.hasErrors { print(NodeRenderer.render(node), terminator: "") }
        if isInvalid { throw ArgumentParser.ExitCode(PkrunEvents.ExitCode.invalidManifest) }
    }
}
