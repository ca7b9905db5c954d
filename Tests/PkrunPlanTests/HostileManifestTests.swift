import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct HostileManifestTests {
    private func planning(_ bytes: [UInt8]) -> Planning {
        Planner.plan(bytes, path: "jobs.yaml", directory: "/srv", host: .fake(environment: ["HOME": "/root"]))
    }

    /// A plan, or a reason why not; never neither.
    private func check(_ bytes: [UInt8]) {
        let planning = planning(bytes)
        let hasErrors = planning.diagnostics.contains { $0.severity == .error }
        #expect(((try? planning.outcome.get()) == nil) == hasErrors)
        _ = DiagnosticRenderer(color: true).render(planning.diagnostics)
    }

    @Test(arguments: ["shop", "everything"])
    func everyPrefixIsReadOrRefused(name: String) throws {
        let bytes = try #require(Fixtures.bytes("Manifests/\(name).yaml"))
        for length in 0...bytes.count { check(Array(bytes[..<length])) }
    }

    /// A slip of the fingers in any key is told by the key's name.
    @Test func everyMisspeltKeyIsNamed() throws {
        let lines = try #require(Fixtures.text("Manifests/everything.yaml")).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        var count = 0
        for (index, line) in lines.enumerated() {
            let indentation = line.prefix { $0 == " " }
            let key = line.dropFirst(indentation.count).prefix { $0.isLetter || "_-".contains($0) }
            // At two spaces stand names, which are free, and what other keys are said of.
            guard indentation.count != 2, !key.isEmpty, line[key.endIndex...].hasPrefix(":"), !key.hasPrefix("x-")
            else { continue }
            var mutated = lines
            mutated[index] = "\(indentation)\(key)q\(line[key.endIndex...])"
            let planning = planning(Array(mutated.joined(separator: "\n").utf8))
            #expect(planning.diagnostics.contains { $0.message.contains("'\(key)q'") }, "\(key)")
            count += 1
        }
        #expect(count > 60)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func everyMutilationIsReadOrRefused(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bytes = try #require(Fixtures.bytes("Manifests/everything.yaml"))
        for _ in 0..<Int.random(in: 1...10, using: &random) {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: position)
            default:
                let other = Int.random(in: 0..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[min(position, other)..<min(position + 20, bytes.count)], at: other)
            }
        }
        check(bytes)
    }

    @Test func tenThousandJobsInALineArePlanned() throws {
        var text = "jobs:\n"
        for number in 0..<10_000 {
            text += "  job\(number):\n    command: ./run \(number)\n    depends_on: [job\(max(number - 1, 0))]\n"
        }
        let line = text.split(separator: "\n").filter { $0 != "    depends_on: [job0]" }.joined(separator: "\n")
        let plan = try planning(Array(line.utf8)).outcome.get()
        #expect(plan.jobs.count == 10_000)
    }

    @Test(arguments: ["[", "(", "[^", "(?=", "a|", "a*"])
    func patternsThatWouldExhaustTheStackAreRefused(piece: String) {
        let text = "jobs: { a: { command: x, ready_log_line: '\(String(repeating: piece, count: 100_000))' } }"
        #expect(planning(Array(text.utf8)).diagnostics.map(\.code) == [.invalidPattern])
    }

    @Test func extensionsWithoutEndAreCut() {
        let jobs = (1..<5000).map { "  j\($0): { extends: j\($0 - 1) }\n" }.joined()
        let planning = planning(Array("jobs:\n  j0: { command: x }\n\(jobs)".utf8))
        #expect(planning.diagnostics.contains { $0.code == .tooComplex })
    }

    @Test func copiesWithoutEndAreRefused() {
        let jobs = (0..<100).map { "  j\($0): { command: x, replicas: 1000 }\n" }.joined()
        #expect(planning(Array("jobs:\n\(jobs)".utf8)).diagnostics.contains { $0.code == .tooComplex })
    }

    @Test func copiesThatAllWaitForEachOtherAreRefused() {
        let jobs = (0..<9).map { number in
            let others = (0..<number).map { "j\($0)" }.joined(separator: ", ")
            return "  j\(number): { command: x, replicas: 1000, depends_on: [\(others)] }\n"
        }
        #expect(planning(Array("jobs:\n\(jobs.joined())".utf8)).diagnostics.map(\.code) == [.tooComplex])
    }

    @Test func errorsWithoutEndAreCut() {
        let text = "jobs:\n" + (0..<20_000).map { "  j\($0): { comand: x, depends_on: [k\($0)] }\n" }.joined()
        let planning = planning(Array(text.utf8))
        #expect(planning.diagnostics.count == DiagnosticLog.limit + 1)
    }

    @Test func aMegabyteOfExpressionsIsCut() {
        let text = "jobs: { a: { command: \"\(String(repeating: "${X}", count: 1 << 18))\" } }"
        #expect(planning(Array(text.utf8)).diagnostics.count == DiagnosticLog.limit)
    }
}
