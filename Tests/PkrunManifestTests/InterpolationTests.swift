import PkrunDiagnostics
import PkrunManifest
import PkrunTestSupport
import Testing

@Suite struct InterpolationTests {
    private static let variables = ["SET": "value", "EMPTY": "", "OTHER": "other", "_x1": "under"]

    private func expand(_ text: String, bareNames: Bool = false) -> (text: String, codes: [DiagnosticCode]) {
        let rules = Interpolation(replacesBareNames: bareNames) { Self.variables[$0] }
        let (text, problems) = rules.expand(text)
        return (text, problems.map(\.code))
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("${SET}", "value"),
        ("a${SET}b${_x1}c", "avaluebunderc"),
        ("${EMPTY}", ""),
        // An unset variable against an empty one.
        ("${UNSET-d}", "d"), ("${EMPTY-d}", ""), ("${SET-d}", "value"),
        ("${UNSET:-d}", "d"), ("${EMPTY:-d}", "d"), ("${SET:-d}", "value"),
        ("${UNSET+a}", ""), ("${EMPTY+a}", "a"), ("${SET+a}", "a"),
        ("${UNSET:+a}", ""), ("${EMPTY:+a}", ""), ("${SET:+a}", "a"),
        ("${SET?must}", "value"), ("${EMPTY?must}", ""), ("${SET:?must}", "value"),
        ("${UNSET:-}", ""), ("${UNSET-}", ""),
        // Defaults may hold anything but an unescaped brace.
        ("${UNSET:-a b:c-d?e+f}", "a b:c-d?e+f"),
        ("${UNSET:-${OTHER}}", "other"),
        ("${UNSET:-<${ALSO:-${OTHER}>}}", "<other>"),
        ("${SET:+[${OTHER}]}", "[other]"),
        ("${UNSET:-http://localhost:8080/}", "http://localhost:8080/"),
        // What is not needed is not asked for.
        ("${SET:-${UNSET}}", "value"), ("${UNSET:+${ALSO}}", ""), ("${SET:-${UNSET:?must}}", "value"),
        // Dollars.
        ("$$", "$"), ("$${SET}", "${SET}"), ("$$$${x}", "$${x}"), ("$$SET", "$SET"), ("${UNSET:-$$5}", "$5"),
        ("$SET", "$SET"), ("$", "$"), ("a$ b", "a$ b"), ("$1 $? $(ls)", "$1 $? $(ls)"), ("$$$SET", "$$SET"),
        ("ü${SET}日", "üvalue日"),
    ])
    func grammar(text: String, expected: String) {
        let (result, codes) = expand(text)
        #expect(result == expected)
        #expect(codes.isEmpty)
    }

    @Test(
        arguments: [
            ("${UNSET}", .unsetVariable), ("${UNSET:-${ALSO}}", .unsetVariable), ("${SET:+${ALSO}}", .unsetVariable),
            ("${UNSET:?must}", .requiredVariable), ("${EMPTY:?must}", .requiredVariable),
            ("${UNSET?}", .requiredVariable),
            ("${}", .invalidInterpolation), ("${ SET}", .invalidInterpolation), ("${SET", .invalidInterpolation),
            ("${1}", .invalidInterpolation), ("${SET%%x}", .invalidInterpolation), ("${SET:x}", .invalidInterpolation),
            ("${UNSET:-${SET}", .invalidInterpolation), ("${#a}", .invalidInterpolation), ("${", .invalidInterpolation),
        ] as [(String, DiagnosticCode)]
    )
    func errors(text: String, code: DiagnosticCode) {
        #expect(expand(text).codes == [code])
    }

    @Test func theMessageOfARequiredVariableIsTold() {
        let problems = Interpolation { Self.variables[$0] }.expand("${UNSET:?say ${OTHER}}").problems
        #expect(problems.map(\.message) == ["variable 'UNSET' is required: say other"])
    }

    @Test(arguments: [("$SET", "value"), ("$SET.x", "value.x"), ("${SET}$_x1", "valueunder"), ("a$ $1", "a$ $1")])
    func bareNamesAreReplacedWhereAskedFor(text: String, expected: String) {
        #expect(expand(text, bareNames: true).text == expected)
    }

    @Test func nestingIsBounded() {
        let depth = 100_000
        let text = String(repeating: "${UNSET:-", count: depth) + String(repeating: "}", count: depth)
        #expect(expand(text).codes.first == .invalidInterpolation)
    }

    /// Doubling every dollar protects any text.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func escapedTextComesBack(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("$$$${}:-?+SETab ü")
        let text = String((0..<30).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
        let escaped = text.map { $0 == "$" ? "$$" : String($0) }.joined()
        let (result, codes) = expand(escaped)
        #expect(result == text)
        #expect(codes.isEmpty)
        // And no text at all is a danger.
        _ = expand(text)
    }
}
