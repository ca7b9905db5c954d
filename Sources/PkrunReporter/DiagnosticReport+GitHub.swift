internal import PkrunDiagnostics

extension DiagnosticReport {
    /// Workflow commands of GitHub Actions: `::error file=…,line=…::message`.
    static func github(_ diagnostics: [Diagnostic]) -> String {
        var map = SourceMap()
        return diagnostics.reduce(into: "") { text, diagnostic in
            var properties = ["title=\(property(diagnostic.code.rawValue))"]
            if let region = diagnostic.range.map({ map.region(of: $0) }) {
                properties += [
                    "file=\(property(region.path))", "line=\(region.line)", "endLine=\(region.endLine)",
                    "col=\(region.column)", "endColumn=\(region.endColumn)",
                ]
            }
            let notes = diagnostic.allNotes.map { note in
                let region = map.region(of: note.range)
                return "\n\(region.path):\(region.line):\(region.column): \(note.message)"
            }
            let message = escaped(diagnostic.advice + notes.joined())
            text += "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))::\(message)\n"
        }
    }

    /// What would end the command early goes as `%XX`.
    private static func escaped(_ text: String, _ special: String = "%\r\n") -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if special.unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += scalar.value < 16 ? "%0\(digits)" : "%\(digits)"
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func property(_ text: String) -> String { escaped(text, "%\r\n:,") }
}
