import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import PkrunYAML
import Testing

@Suite struct HostileManifestTests {
    private func planning(_ bytes: [UInt8], named name: String = "jobs.yaml") -> Planning {
        Planner.plan(bytes, path: name, directory: "/srv", host: .fake(environment: ["HOME": "/root"]))
    }

    /// A plan, or a reason why not; never neither.
    private func check(_ bytes: [UInt8], named name: String = "jobs.yaml") {
        let planning = planning(bytes, named: name)
        let hasErrors = planning.diagnostics.contains { $0.severity == .error }
        #expect(((try? planning.outcome.get()) == nil) == hasErrors)
        _ = DiagnosticRenderer(color: true).render(planning.diagnostics)
    }

    /// Every manifest of the repository, examples and wrong ones too, by its path under `Tests/Fixtures`.
    static let manifests: [String] =
        ["Diagnostics", "Manifests", "../../examples", "../../examples/shop"]
        .flatMap { folder in Fixtures.names(in: folder, ending: ".yaml").map { "\(folder)/\($0).yaml" } }
        + ["Dialects/process-compose.yaml", "Dialects/Procfile"]

    @Test(arguments: manifests)
    func everyPrefixIsReadOrRefused(path: String) throws {
        let bytes = try #require(Fixtures.bytes(path))
        let name = try #require(path.split(separator: "/").last.map(String.init))
        for length in 0...bytes.count { check(Array(bytes[..<length]), named: name) }
    }

    /// A slip of the fingers in any key, however deep, is told by the key as it stands there.
    @Test(arguments: ["Manifests/everything.yaml", "Manifests/shop.yaml", "../../examples/ci.yaml"])
    func everyMisspeltKeyIsNamed(path: String) throws {
        let text = try #require(Fixtures.text(path))
        var log = DiagnosticLog()
        let root = try #require(YAML.read(SourceFile(path: "jobs.yaml", text: text), log: &log))
        for key in Set(keys(of: root, namesAreFree: false)) {
            let scalars = Array(text.unicodeScalars)
            for slip in slips(in: String(String.UnicodeScalarView(scalars[key]))) {
                var mutated = String.UnicodeScalarView(scalars[..<key.lowerBound])
                mutated.append(contentsOf: slip.unicodeScalars)
                mutated.append(contentsOf: scalars[key.upperBound...])
                let messages = planning(Array(String(mutated).utf8)).diagnostics.map(\.message)
                #expect(messages.contains { $0.contains("'\(slip)'") }, "\(slip): \(messages)")
            }
        }
    }

    /// Where all keys stand that are the language's own.
    private func keys(of node: Node, namesAreFree: Bool) -> [Range<Int>] {
        switch node.content {
        case .scalar: return []
        case .sequence(let items): return items.flatMap { keys(of: $0, namesAreFree: false) }
        case .mapping(let entries):
            let parents: Set = ["jobs", "env", "environment", "secrets", "depends_on", "needs", "matrix", "headers"]
            return entries.filter { !$0.key.hasPrefix("x-") }.flatMap { entry in
                (namesAreFree ? [] : [entry.keyRange.offsets])
                    + keys(of: entry.value, namesAreFree: !namesAreFree && parents.contains(entry.key))
            }
        }
    }

    /// One letter more, one less, and two that have changed places, as far as these are no keys themselves.
    private func slips(in key: String) -> [String] {
        let letters = Array(key)
        let all = [key + "q", String(letters.dropLast()), String([letters[1], letters[0]] + letters.dropFirst(2))]
        return all.filter { $0 != key && !$0.isEmpty && !["o", "of", "no"].contains($0) }
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
