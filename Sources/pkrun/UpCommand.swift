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

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var arguments: UpArguments
    @Argument(help: "The manifest, unless -f names it, and the jobs to start, with what they need; without them all.")
    var words: [String] = []

    func run() throws {
        var manifest = manifest
        var jobs = words[...]
        if manifest.files.isEmpty, let file = jobs.popFirst() { manifest.files = [file] }
        try Session(manifest, arguments.run).up(Array(jobs), arguments)
    }
}

struct UpArguments: ParsableArguments {
    @OptionGroup var run: RunArguments

    @Flag(name: .shortAndLong, help: "Do not show the jobs' output; it is in their logs.")
    var quiet = false

    @Flag(help: "Let jobs end although they watch files.")
    var noWatch = false

    @Option(help: ArgumentHelp("Exit with the exit code of this job.", valueName: "job"))
    var exitCodeFrom: String?
}
