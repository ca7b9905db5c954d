import ArgumentParser
import PkrunDiagnostics
import PkrunEvents

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain what pkrun says about manifests, by code; without one, list all codes."
    )

    @Argument(help: "Codes such as PK0030.")
    var codes: [String] = []

    func run() throws {
        guard !codes.isEmpty else {
            for code in DiagnosticCode.allCases { print("\(code.rawValue)  \(code.explanation.title)") }
            return
        }
        let pages = try codes.map { word in
            guard let code = DiagnosticCode(rawValue: word.uppercased()) else {
                throw CommandFailure(
                    "there is no code '\(word)'; pkrun explain lists all",
                    PkrunEvents.ExitCode.usage
                )
            }
            return code.explanation.page(of: code)
        }
        print(pages.joined(separator: "\n"), terminator: "")
    }
}
