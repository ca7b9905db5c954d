import ArgumentParser
import PkrunDiagnostics
import PkrunEvents
import PkrunManifest
import PkrunPlan
import PkrunSystem

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a first jobs.yaml from what this directory has: a Procfile, compose services, npm scripts."
    )

    private static let target = "jobs.yaml"

    @OptionGroup var appearance: AppearanceOptions

    private struct Beginning {
        var text: String
        var source: String
        var omitted: [String] = []
    }

    func run() throws {
        if let name = ManifestFile.usualNames.first(where: { (try? FileStatus(of: $0)) != nil }) {
            throw CommandFailure("\(name) is there, and stays", PkrunEvents.ExitCode.cannotCreateRunDirectory)
        }
        var beginning: Beginning?
        var passedOver: [String] = []
        for name in FirstManifest.sources where beginning == nil {
            guard let bytes = try? FileSystem.contents(of: name) else { continue }
            beginning = try self.beginning(with: name, bytes)
            if beginning == nil { passedOver.append(name) }
        }
        do throws(SystemError) {
            let file = try OwnedDescriptor.open(Self.target, [.writeOnly, .create, .exclusive], mode: 0o644)
            try file.borrowed.writeAll(beginning?.text ?? FirstManifestRenderer.render([]))
        } catch {
            throw CommandFailure(
                "cannot write \(Self.target): \(SystemError.message(for: error.errorNumber))",
                PkrunEvents.ExitCode.cannotCreateRunDirectory
            )
        }
        print("\(Self.target) is written\(beginning.map { ", from \($0.source)" } ?? ""); pkrun check looks it over")
        if !passedOver.isEmpty { print("nothing to run was found in \(passedOver.joined(separator: ", "))") }
        if let omitted = beginning?.omitted, !omitted.isEmpty {
            print("left out, since only their images know what to run: \(omitted.joined(separator: ", "))")
        }
    }

    /// - Returns: nil where the file tells of nothing to run.
    private func beginning(with name: String, _ bytes: [UInt8]) throws -> Beginning? {
        let source = ManifestSource(bytes, path: name, directory: try FileSystem.workingDirectory())
        var log = DiagnosticLog()
        let host = Host.current
        guard ManifestLoader.isForeign(source) else {
            let found = FirstManifest.read(bytes, named: name, log: &log)
            try say(log.sorted)
            guard !found.jobs.isEmpty else { return nil }
            return Beginning(text: FirstManifestRenderer.render(found.jobs), source: name, omitted: found.omitted)
        }
        try say(Planner.plan([source], host: host).diagnostics)
        let node = ManifestLoader.convert(source, environment: host.environment, readFile: host.readFile, log: &log)
        return node.map { Beginning(text: NodeRenderer.render($0), source: name) }
    }

    /// - Throws: where something is wrong.
    private func say(_ diagnostics: [Diagnostic]) throws {
        let renderer = DiagnosticRenderer(color: appearance.color.applies(to: .standardError))
        StandardError.write(renderer.render(diagnostics))
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw ArgumentParser.ExitCode(PkrunEvents.ExitCode.invalidManifest)
        }
    }
}
