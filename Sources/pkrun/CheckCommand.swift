import ArgumentParser
import PkrunDiagnostics
import PkrunEvents
import PkrunPlan
import PkrunReporter

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with a manifest; start nothing."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif, github
    }

    @OptionGroup var manifest: OptionalFile
    @Option(help: "How to say it: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = Format.text
    @Flag(help: "Let warnings fail as errors do.")
    var strict = false

    func run() throws {
        let loaded = try manifest.load()
        let planning = loaded.planning()
        let diagnostics = planning.diagnostics
        if let report = DiagnosticReport(rawValue: format.rawValue) {
            print(report.render(diagnostics), terminator: "")
        } else {
            loaded.say(diagnostics)
            if let advice = Self.advice(on: diagnostics) { StandardError.write(advice) }
            if case .success(let plan) = planning.outcome {
                print("\(loaded.file.name): \(Self.summary(of: plan, warnings: diagnostics.count))")
            }
        }
        let isGood = if case .success = planning.outcome { !strict || diagnostics.isEmpty } else { false }
        if !isGood { throw ArgumentParser.ExitCode(PkrunEvents.ExitCode.invalidManifest) }
    }

    private static func summary(of plan: Plan, warnings: Int) -> String {
        let jobs = "\(plan.jobs.count) \(plan.jobs.count == 1 ? "job" : "jobs")"
        return switch warnings {
        case 0: "\(jobs), nothing wrong"
        case 1: "\(jobs), 1 warning"
        default: "\(jobs), \(warnings) warnings"
        }
    }

    /// Where to read on.
    private static func advice(on diagnostics: [Diagnostic]) -> String? {
        let codes = Set(diagnostics.map(\.code.rawValue)).sorted()
        return codes.isEmpty ? nil : "More about this: pkrun explain \(codes.joined(separator: " "))\n"
    }
}

/// The manifest as `-f FILE` or simply as `FILE`, for the verbs that take no jobs.
struct OptionalFile: ParsableArguments {
    @OptionGroup var options: ManifestOptions
    @Argument(help: "The manifest, as with -f.")
    var path: String?

    func validate() throws {
        if path != nil && !options.files.isEmpty {
            throw ValidationError("the manifest, please, as FILE or as -f FILE")
        }
    }

    func load() throws -> LoadedManifest {
        var options = options
        options.files += path.map { [$0] } ?? []
        return try LoadedManifest(options)
    }
}
