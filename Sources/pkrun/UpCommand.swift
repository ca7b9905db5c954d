import ArgumentParser

struct UpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Start the jobs and what they need; stay until their goals are reached, or Ctrl-C."
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var arguments: UpArguments
    @Argument(help: "The jobs to start, with what they need; without it all of them.")
    var jobs: [String] = []

    func run() throws {
        try Session(manifest, arguments.run).up(jobs, arguments)
    }
}

/// `pkrun FILE [JOB ...]`
struct FileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Start the jobs of the manifest FILE: up -f FILE.",
        shouldDisplay: false
    )

    @OptionGroup var appearance: AppearanceOptions
    @Option(name: .customLong("profile"), help: "Take in the jobs of this profile; may be given several times.")
    var profiles: [String] = []
    @OptionGroup var arguments: UpArguments
    @Argument(help: "The manifest.")
    var file: String?
    @Argument(help: "The jobs to start, with what they need; without it all of them.")
    var jobs: [String] = []

    func run() throws {
        try Session(ManifestOptions(file, profiles: profiles, appearance), arguments.run).up(jobs, arguments)
    }
}

struct UpArguments: ParsableArguments {
    @OptionGroup var run: RunArguments

    @Flag(name: .shortAndLong, help: "Do not show the jobs' output; it is in their logs.")
    var quiet = false

    @Option(help: ArgumentHelp("Exit with the exit code of this job.", valueName: "job"))
    var exitCodeFrom: String?
}
