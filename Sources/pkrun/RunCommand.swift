import ArgumentParser

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run one job in the foreground, with what it needs behind it, and exit with its exit code."
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var arguments: RunArguments
    @Argument(help: "The job.")
    var job: String
    @Argument(parsing: .postTerminator, help: "Words to add to the job's command, after --.")
    var words: [String] = []

    func run() throws {
        try Session(manifest, arguments).run(job, adding: words)
    }
}
