import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// Manifests of other tools: what is said about them, and what they come to.
@Suite struct DialectTests {
    private let host = Host.fake(environment: ["HOME": "/home/dev"], files: ["/srv/.env": "TOKEN=x\nPORT=4000\n"])

    private func planning(_ text: String, named name: String) -> Planning {
        Planner.plan(Array(text.utf8), path: name, directory: "/srv", host: host)
    }

    @Test(arguments: ["process-compose.yaml", "Procfile"])
    func theyRunAsTheyAre(name: String) throws {
        let text = try #require(Fixtures.text("Dialects/\(name)"))
        let planning = planning(text, named: name)
        let plan = try PlanRenderer.render(planning.outcome.get())
        let told = DiagnosticRenderer().render(planning.diagnostics) + "\n" + plan
        if Fixtures.isRecording { Fixtures.write(told, to: "Dialects/\(name).txt") }
        #expect(told == Fixtures.text("Dialects/\(name).txt"))
    }

    /// What import prints comes to the same plan.
    @Test(arguments: ["process-compose.yaml", "Procfile"])
    func importedTheyMeanTheSame(name: String) throws {
        let text = try #require(Fixtures.text("Dialects/\(name)"))
        var log = DiagnosticLog()
        let node = ManifestLoader.convert(
            ManifestSource(Array(text.utf8), path: name, directory: "/srv"),
            environment: host.environment,
            readFile: host.readFile,
            log: &log
        )
        let imported = NodeRenderer.render(try #require(node))
        let again = planning(imported, named: "jobs.yaml")
        if Fixtures.isRecording { Fixtures.write(imported, to: "Dialects/\(name).imported") }
        #expect(imported == Fixtures.text("Dialects/\(name).imported"))
        #expect(DiagnosticRenderer().render(again.diagnostics) == "")
        #expect(try again.outcome.get() == planning(text, named: name).outcome.get())
    }

    @Test func aProcessComposeIsKnownByWhatStandsInIt() throws {
        let text = "processes: { a: { command: x, availability: { restart: no } } }"
        #expect(planning(text, named: "dev.yaml").diagnostics == [])
        let own = planning("processes: { a: { command: x } }", named: "dev.yaml")
        #expect(try own.outcome.get().jobs[0].arguments == ["x"])
    }

    @Test(arguments: ["", "environment:", "environment: [A=b]", "environment: { A: b }"])
    func aProcessKnowsItsName(environment: String) throws {
        let text = "processes:\n  a:\n    command: x\n    \(environment)\n"
        let planning = planning(text, named: "process-compose.yaml")
        let changes = try planning.outcome.get().jobs[0].environment.changes
        #expect(changes.contains(EnvironmentOverlay.Change("PC_PROC_NAME", "a")))
        #expect(changes.contains(EnvironmentOverlay.Change("A", "b")) == environment.contains("A"))
    }

    @Test func whatIsWrongPointsIntoTheFile() {
        let text = "processes:\n  a:\n    command: x\n    availability: { restart: sometimes }\n    depends_on: [b]\n"
        #expect(
            planning(text, named: "process-compose.yml").diagnostics.compactMap { $0.range.map(\.offsets.lowerBound) }
                == [
                    text.utf8.count - 3,
                    text.firstRange(of: "sometimes").map { text[..<$0.lowerBound].utf8.count } ?? 0,
                ]
                .sorted()
        )
    }

    @Test(arguments: ["web ./web\n", ": x\n", "web:\n", "web: a\nweb: b\n", "# nothing\n"])
    func aWrongProcfileIsRefused(text: String) {
        #expect(planning(text, named: "Procfile.dev").diagnostics.contains { $0.severity == .error })
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyMutilationIsReadOrRefused(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for name in ["process-compose.yaml", "Procfile"] {
            var bytes = try #require(Fixtures.bytes("Dialects/\(name)"))
            for _ in 0..<Int.random(in: 1...10, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                if random.chance(50) {
                    bytes.remove(at: position)
                } else {
                    bytes[position] = UInt8.random(in: 0...127, using: &random)
                }
            }
            let planning = Planner.plan(bytes, path: name, directory: "/srv", host: host)
            let hasErrors = planning.diagnostics.contains { $0.severity == .error }
            #expect(((try? planning.outcome.get()) == nil) == hasErrors)
        }
    }
}
