import PkrunDiagnostics
import PkrunTestSupport
import PkrunYAML
import Testing

@Suite struct YAMLReadingTests {
    private func read(_ text: String, limits: YAMLLimits = YAMLLimits()) -> (node: Node?, log: DiagnosticLog) {
        var log = DiagnosticLog()
        let node = YAML.read(SourceFile(path: "x.yaml", text: text), limits: limits, log: &log)
        return (node, log)
    }

    private func shape(_ node: Node?) -> String { node?.shape ?? "nothing" }

    @Test(arguments: [
        ("a: 1\nb: [x, 'y', \"z\"]", "{a: 1, b: [x, 'y', 'z']}"),
        ("a: |\n  x\n  y\n", "{a: 'x\ny\n'}"),
        ("a:\nb: ~\nc: null\nd: 'null'\ne: ''", "{a: ~, b: ~, c: ~, d: 'null', e: ''}"),
        ("", "nothing"),
        ("# nothing\n", "nothing"),
        ("a: &x [1]\nb: *x", "{a: [1], b: [1]}"),
        ("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}", "{a: {p: 1, q: 2}, b: {p: 1, q: 3}}"),
        ("b: {q: 3, <<: [{p: 1, q: 0}, {p: 2, r: 4}]}", "{b: {p: 1, r: 4, q: 3}}"),
        ("a: {'<<': 1}", "{a: {<<: 1}}"),
        ("%YAML 1.1\n---\na: yes\n", "{a: yes}"),
    ])
    func textBecomesNodes(text: String, expected: String) {
        let (node, log) = read(text)
        #expect(shape(node) == expected)
        #expect(!log.hasErrors)
    }

    @Test func everyScalarKnowsItsPlace() throws {
        let text = "ключ: значение\n\"日本\": [ 'a b', c ]\r\nlast: |\n  block\n"
        let node = try #require(read(text).node)
        let scalars = Array(text.unicodeScalars)
        func written(_ range: SourceRange) -> String {
            String(String.UnicodeScalarView(scalars[range.offsets]))
        }
        guard case .mapping(let entries) = node.content, case .sequence(let items) = entries[1].value.content else {
            Issue.record("not the expected shape")
            return
        }
        #expect(entries.map { written($0.keyRange) } == ["ключ", "\"日本\"", "last"])
        #expect(written(entries[0].value.range) == "значение")
        #expect(items.map { written($0.range) } == ["'a b'", "c"])
    }

    @Test func aliasBombsEndInADiagnostic() {
        var text = "a0: &a0 x\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let (node, log) = read(text)
        #expect(node == nil)
        #expect(log.sorted.map(\.code) == [.tooComplex])
    }

    @Test func manyCopiesOfAMegabyteEndInADiagnostic() {
        let text = "a: &a \(String(repeating: "x", count: 1 << 19))\nb: [\(String(repeating: "*a, ", count: 100))]\n"
        #expect(read(text).log.sorted.map(\.code) == [.tooComplex])
    }

    @Test func aHugeValueEndsInADiagnostic() {
        #expect(read("a: \(String(repeating: "x", count: 2 << 20))").log.sorted.map(\.code) == [.tooComplex])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func deepNestingEndsInADiagnostic(opening: String) {
        let (node, log) = read(String(repeating: opening, count: 10_000))
        #expect(node == nil)
        #expect(log.sorted.map(\.code) == [.tooComplex])
    }

    @Test func limitsAreKept() {
        var limits = YAMLLimits()
        limits.nodes = 5
        #expect(read("a: [1, 2]", limits: limits).node != nil)
        #expect(read("a: [1, 2, 3]", limits: limits).log.sorted.map(\.code) == [.tooComplex])
    }

    @Test func anAnchorCannotHoldItself() {
        #expect(read("a: &a [*a]").log.sorted.map(\.code) == [.unknownAnchor])
    }

    @Test func theFirstOfTwoEqualKeysStays() {
        let many = (0..<20).map { "k\($0): \($0)\n" }.joined()
        let (node, log) = read(many + "k3: again\nk17: again\n")
        #expect(log.sorted.map(\.code) == [.duplicateKey, .duplicateKey])
        #expect(shape(node).hasPrefix("{k0: 0, k1: 1, k2: 2, k3: 3,"))
    }

    /// Whatever libyaml is given, it answers; nothing here may crash or hang.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func mutilatedTextIsReadOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var text = Array(
            "a: &x {p: 1, <<: *y}\nb:\n  - 'q'\n  - |\n    t\nc: !t \"\\u00e4\" # z\n---\n? k\n: v\n".unicodeScalars
        )
        let alphabet = Array("\t\n -:,[]{}&*!|>'\"%@`#?\\a0é\u{2028}\u{FEFF}".unicodeScalars)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let position = Int.random(in: 0..<text.count, using: &random)
            if Bool.random(using: &random) {
                text.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: position)
            } else {
                text.remove(at: position)
            }
        }
        let (node, log) = read(String(String.UnicodeScalarView(text)))
        #expect(node != nil || log.hasErrors || text.allSatisfy(\.properties.isWhitespace))
        #expect(!DiagnosticRenderer().render(log.sorted).isEmpty || !log.hasErrors)
    }
}
