import ArgumentParser
import PkrunPlan

struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw which job waits for which."
    )

    @OptionGroup var manifest: OptionalFile
    @Option(help: "How to draw it.")
    var format = GraphRenderer.Format.ascii

    func run() throws {
        print(GraphRenderer.render(try manifest.load().plan(), as: format), terminator: "")
    }
}

extension GraphRenderer.Format: ExpressibleByArgument {}
