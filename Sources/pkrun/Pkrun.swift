import ArgumentParser
import Glibc

/// `pkrun`: flags to values to an exit code.
@main
struct Pkrun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pkrun",
        abstract: "Runs the jobs of a manifest, each in a container of its own that ends with it.",
        usage: """
            pkrun [FILE] [JOB ...]
            pkrun <subcommand>
            """,
        discussion: "Without a subcommand, pkrun FILE [JOB ...] is pkrun up -f FILE [JOB ...].",
        version: "pkrun 0.1.0",
        subcommands: [
            UpCommand.self, RunCommand.self, CheckCommand.self, ConfigCommand.self, GraphCommand.self,
            ExplainCommand.self, WhyCommand.self, ImportCommand.self, InitCommand.self, DoctorCommand.self,
            FileCommand.self,
        ],
        defaultSubcommand: FileCommand.self
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            failure.leave()
        } catch let code as ExitCode {
            // Nothing is left to be said, of which the library would make up its mind first.
            Glibc.exit(code.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
