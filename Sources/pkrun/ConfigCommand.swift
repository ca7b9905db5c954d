import ArgumentParser
import PkrunPlan

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print what will run: the manifest with everything resolved, itself a valid manifest."
    )

    @OptionGroup var manifest: OptionalFile

    func run() throws {
        print(PlanRenderer.render(try manifest.load().plan()), terminator: "")
    }
}
