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

    func run() throws {
        let directory = try FileSystem.workingDirectory()
        let found = FirstManifest.sources.lazy
            .compactMap { name in
                (try? FileSystem.contents(of: name)).map { (name, Self.manifest(name, $0, directory)) }
            }
            .first { $0.1 != nil }
        let text = found?.1 ?? FirstManifestRenderer.render([])
        do throws(SystemError) {
            let file = try OwnedDescriptor.open(Self.target, [.writeOnly, .create, .exclusive], mode: 0o644)
            try file.borrowed.writeAll(text)
        } catch {
            throw CommandFailure(
                "cannot write \(Self.target): \(SystemError.message(for: error.errorNumber))",
                PkrunEvents.ExitCode.cannotCreateRunDirectory
            )
        }
        print("\(Self.target) is written\(found.map { ", from \($0.0)" } ?? ""); pkrun check looks it over")
    }

    /// - Returns: nil where the file tells of nothing to run.
    private static func manifest(_ name: String, _ bytes: [UInt8], _ directory: String) -> String? {
        guard name.hasPrefix("process-compose") || name.hasPrefix("Procfile") else {
            let jobs = FirstManifest.jobs(in: bytes, named: name)
            return jobs.isEmpty ? nil : FirstManifestRenderer.render(jobs)
        }
        var log = DiagnosticLog()
        let host = Host.current
        let source = ManifestSource(bytes, path: name, directory: directory)
        let node = ManifestLoader.convert(
            source,
            environment: host.environment,
            readFile: host.readFile,
            log: &log
        )
        return node.map(NodeRenderer.render)
    }
}
