import ArgumentParser
import PkrunDiagnostics
import PkrunEvents
import PkrunManifest
import PkrunPlan
import PkrunSystem

/// A manifest that could be read, and the way from it to a plan.
struct LoadedManifest {
    let file: ManifestFile
    /// What is laid over it.
    private let overrides: [ManifestFile]
    private let profiles: [String]
    private let scale: JobScale
    private let color: AppearanceOptions.Color

    init(_ options: ManifestOptions) throws {
        color = options.appearance.color
        profiles = options.profiles
        scale = options.scale.reduce(into: JobScale()) { $0.override(with: $1) }
        do throws(ManifestFile.Failure) {
            file = try ManifestFile(options.files.first)
            overrides = try Self.files(options.files.dropFirst())
        } catch {
            throw CommandFailure(error.message, ExitCode.unreadableManifest)
        }
    }

    /// Plans the jobs named, or all, without a word.
    func planning(_ jobs: [String] = [], keepGoing: Bool = false) -> Planning {
        Planner.plan(
            ([file] + overrides).map { ManifestSource($0.content, path: $0.path, directory: $0.directory) },
            selection: Selection(jobs: jobs, profiles: profiles, keepGoing: keepGoing, scale: scale),
            host: .current
        )
    }

    private static func files(_ paths: ArraySlice<String>) throws(ManifestFile.Failure) -> [ManifestFile] {
        var files: [ManifestFile] = []
        for path in paths { files.append(try ManifestFile(path)) }
        return files
    }

    /// Plans the jobs named, or all; says on standard error whatever is wrong or surely not meant.
    func plan(_ jobs: [String] = [], keepGoing: Bool = false) throws -> Plan {
        let planning = planning(jobs, keepGoing: keepGoing)
        say(planning.diagnostics)
        switch planning.outcome {
        case .success(let plan):
            guard plan.jobs.isEmpty else { return plan }
            throw CommandFailure(
                "no job of \(file.path) is selected: each is disabled, scaled to none, or belongs to profiles that are not "
                    + "chosen with --profile",
                ExitCode.usage
            )
        case .failure(.invalidManifest): throw ArgumentParser.ExitCode(ExitCode.invalidManifest)
        case .failure(.unknownJobs): throw ArgumentParser.ExitCode(ExitCode.usage)
        }
    }

    func say(_ diagnostics: [Diagnostic]) {
        let renderer = DiagnosticRenderer(color: color.applies(to: .standardError))
        StandardError.write(renderer.render(diagnostics))
    }
}
