import PkrunDriver
import PkrunPlan
import Testing

@Suite struct JobEnvironmentTests {
    private let inherited = JobEnvironment(inherited: ["PATH=/bin", "HOME=/root", "EMPTY=", "ODD", "PWD=/here"])

    private func applying(_ changes: [(String, String?)]) -> [String] {
        var environment = inherited
        return environment.applying(
            EnvironmentOverlay(changes.map { EnvironmentOverlay.Change($0.0, $0.1) }),
            workingDirectory: "/work"
        )
    }

    @Test func `without changes the environment is inherited, but for the working directory`() {
        #expect(applying([]) == ["PATH=/bin", "HOME=/root", "EMPTY=", "ODD", "PWD=/work"])
        #expect(applying([("PWD", "/elsewhere")]).last == "PWD=/elsewhere")
    }

    @Test func `a value replaces, nil removes, and a new name is added`() {
        #expect(
            applying([("HOME", nil), ("PATH", "/usr/bin"), ("NEW", "x=y")]) == [
                "PATH=/usr/bin", "EMPTY=", "ODD", "PWD=/work", "NEW=x=y",
            ]
        )
    }

    @Test func `later changes of a name win`() {
        #expect(
            applying([("A", "1"), ("A", "2"), ("HOME", nil), ("HOME", "/home")]).suffix(2) == ["PWD=/work", "A=2"]
        )
        #expect(applying([("HOME", nil), ("HOME", "/home")])[1] == "HOME=/home")
        #expect(!applying([("A", "1"), ("A", nil)]).contains { $0.hasPrefix("A=") })
    }

    @Test func `an environment that starts empty inherits nothing`() {
        var environment = inherited
        var overlay = EnvironmentOverlay([EnvironmentOverlay.Change("A", "1")])
        #expect(environment.applying(overlay, workingDirectory: "/work").contains("PATH=/bin"))
        overlay.startsEmpty = true
        #expect(environment.applying(overlay, workingDirectory: "/work") == ["PWD=/work", "A=1"])
    }
}
