import ArgumentParser
import PkrunEvents
import PkrunReporter
import PkrunSystem

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Tell why a job waits, was skipped, failed or was started again, in the latest run."
    )

    @OptionGroup var manifest: ManifestOptions
    @Option(help: "The directory of the runs; without it .pkrun beside the manifest.")
    var stateDir: String?
    @Argument(help: "The job.")
    var job: String

    func run() throws {
        let directory = try stateDir ?? "\(LoadedManifest(manifest).file.directory)/.pkrun"
        let events = try latestEvents(in: directory)
        var decoder = EventDecoder()
        var story = JobStory()
        for line in events.split(separator: UInt8(ascii: "\n")) {
            if let event = decoder.decode(line) { story.receive(event) }
        }
        guard let found = decoder.job(named: job) else {
            throw CommandFailure("the latest run has no job '\(job)'", PkrunEvents.ExitCode.usage)
        }
        for line in story.tell(of: found, names: decoder.names) { print(line) }
    }

    private func latestEvents(in directory: String) throws -> [UInt8] {
        do throws(SystemError) {
            return try FileSystem.contents(of: "\(directory)/latest/events.jsonl")
        } catch {
            throw CommandFailure("there is no run in '\(directory)': \(error)", PkrunEvents.ExitCode.unreadableManifest)
        }
    }
}
