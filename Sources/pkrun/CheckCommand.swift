import ArgumentParser
import PkrunPlan

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with a manifest; start nothing."
    )

    @OptionGroup var manifest: OptionalFile

    func run() throws {
        let loaded = try manifest.load()
        let plan = try loaded.plan()
        print("\(loaded.file.name): \(plan.jobs.count) \(plan.jobs.count == 1 ? "job" : "jobs"), nothing wrong")
    }
}

/// The manifest as `-f FILE` or simply as `FILE`, for the verbs that take no jobs.
struct OptionalFile: ParsableArguments {
    @OptionGroup var options: ManifestOptions
    @Argument(help: "The manifest, as with -f.")
    var path: String?

    func validate() throws {
        if path != nil && options.file != nil { throw ValidationError("one manifest, please: FILE or -f FILE") }
    }

    func load() throws -> LoadedManifest {
        var options = options
        options.file = options.file ?? path
        return try LoadedManifest(options)
    }
}
