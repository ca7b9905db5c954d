import ArgumentParser
import PkrunDiagnostics
import PkrunEvents
import PkrunPlan
import PkrunSystem

/// A manifest that could be read, and the way from it to a plan.
struct LoadedManifest {
    let file: ManifestFile
    private let color: AppearanceOptions.Color

    init(_ options: ManifestOptions) throws {
        color = options.appearance.color
        do throws(ManifestFile.Failure) {
            file = try ManifestFile(options.file)
        } catch {
            throw CommandFailure(error.message, ExitCode.unreadableManifest)
        }
    }

    /// Plans the jobs named, or all, without a word.
    func planning(_ jobs: [String] = [], keepGoing: Bool = false) -> Planning {
        Planner.plan(
            file.content,
            path: file.path,
            directory: file.directory,
            selection: Selection(jobs: jobs, keepGoing: keepGoing),
            host: .current
        )
    }

    /// Plans the jobs named, or all; says on standard error whatever is wrong or surely not meant.
    func plan(_ jobs: [String] = [], keepGoing: Bool = false) throws -> Plan {
        let planning = planning(jobs, keepGoing: keepGoing)
        say(planning.diagnostics)
        switch planning.outcome {
        case .success(let plan): return plan
        case .failure(.invalidManifest): throw ArgumentParser.ExitCode(ExitCode.invalidManifest)
        case .failure(.unknownJobs): throw ArgumentParser.ExitCode(ExitCode.usage)
        }
    }

    func say(_ diagnostics: [Diagnostic]) {
        let renderer = DiagnosticRenderer(color: color.applies(to: .standardError))
        StandardError.write(renderer.render(diagnostics))
    }
}
