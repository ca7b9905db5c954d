import PkrunDiagnostics
import PkrunYAML
import Testing

/// The cases of the yaml-test-suite (github.com/yaml/yaml-test-suite) that a language for configuration meets, by their
/// names there. libyaml decides what is YAML; what is YAML and refused all the same is our choice.
@Suite struct YAMLSuiteTests {
    typealias ReadCase = (name: String, text: String, shape: String)
    typealias RefusedCase = (name: String, text: String, code: DiagnosticCode)

    private func read(_ text: String) -> (node: Node?, log: DiagnosticLog) {
        var log = DiagnosticLog()
        let node = YAML.read(SourceFile(path: "x.yaml", text: text), log: &log)
        return (node, log)
    }

    @Test(arguments: readable + lenient) func isRead(name: String, text: String, shape: String) {
        let (node, log) = read(text)
        #expect(log.sorted == [])
        #expect(node?.shape ?? "nothing" == shape)
    }

    @Test(arguments: invalid + beyondLibyaml + unwanted)
    func isRefused(name: String, text: String, code: DiagnosticCode) {
        #expect(read(text).log.sorted.first?.code == code)
    }
}
