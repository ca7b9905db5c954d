import PkrunDiagnostics
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("comand", "command"), ("depend_on", "depends_on"), ("TIMEOUT", "timeout"), ("tiemout", "timeout"),
        ("restrat", "restart"), ("usr", "user"),
    ])
    func slipsOfTheFingersAreUnderstood(word: String, meant: String) {
        let keys = ["command", "depends_on", "timeout", "restart", "user", "group", "log"]
        #expect(Suggestion.closest(to: word, among: keys) == meant)
    }

    @Test(arguments: ["", "colour", "xyz", "replicas", String(repeating: "command", count: 100)])
    func nothingIsSuggestedForSomethingElse(word: String) {
        #expect(Suggestion.closest(to: word, among: ["command", "log", "user", "timeout"]) == nil)
    }

    @Test func theNearestWins() {
        #expect(Suggestion.closest(to: "worker-2", among: ["worker-1x", "worker-1", "worker-22x"]) == "worker-1")
    }
}
