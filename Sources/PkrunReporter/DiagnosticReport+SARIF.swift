internal import PkrunDiagnostics
internal import PkrunEvents

extension DiagnosticReport {
    /// Static Analysis Results Interchange Format, OASIS, version 2.1.0.
    static func sarif(_ diagnostics: [Diagnostic]) -> String {
        var map = SourceMap()
        var writer = JSONWriter(isIndented: true)
        writer.object { log in
            log.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            log.field("version", "2.1.0")
            log.key("runs")
            log.array { runs in
                runs.object { run in
                    run.key("tool")
                    run.object { $0.driver(with: diagnostics) }
                    run.field("columnKind", "unicodeCodePoints")
                    run.key("results")
                    run.array { results in
                        for diagnostic in diagnostics { results.result(diagnostic, &map) }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}

extension JSONWriter {
    /// The rules are the codes that occur.
    fileprivate mutating func driver(with diagnostics: [Diagnostic]) {
        let codes = Set(diagnostics.map(\.code))
        key("driver")
        object { driver in
            driver.field("name", "pkrun")
            driver.key("rules")
            driver.array { rules in
                for code in DiagnosticCode.allCases where codes.contains(code) {
                    rules.object { rule in
                        rule.field("id", code.rawValue)
                        rule.text("shortDescription", code.explanation.title)
                        rule.text("fullDescription", code.explanation.meaning)
                        rule.text("help", code.explanation.page(of: code))
                    }
                }
            }
        }
    }

    fileprivate mutating func result(_ diagnostic: Diagnostic, _ map: inout SourceMap) {
        object { result in
            result.field("ruleId", diagnostic.code.rawValue)
            result.field("level", diagnostic.severity.rawValue)
            result.text("message", diagnostic.advice)
            if let range = diagnostic.range {
                result.key("locations")
                result.array { $0.location(map.region(of: range), message: nil) }
            }
            guard !diagnostic.allNotes.isEmpty else { return }
            result.key("relatedLocations")
            result.array { locations in
                for note in diagnostic.allNotes {
                    locations.location(map.region(of: note.range), message: note.message)
                }
            }
        }
    }

    private mutating func location(_ region: SourceMap.Region, message: String?) {
        object { location in
            location.key("physicalLocation")
            location.object { physical in
                physical.key("artifactLocation")
                physical.object { $0.field("uri", Self.reference(to: region.path)) }
                physical.key("region")
                physical.object { object in
                    object.field("startLine", region.line)
                    object.field("startColumn", region.column)
                    object.field("endLine", region.endLine)
                    object.field("endColumn", region.endColumn)
                }
            }
            if let message { location.text("message", message) }
        }
    }

    private mutating func text(_ key: StaticString, _ text: String) {
        self.key(key)
        object { $0.field("text", text) }
    }

    /// A path as a URI reference; RFC 3986. What is not unreserved goes as `%XX`.
    private static func reference(to path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic && scalar.isASCII || "0123456789-._~/".utf8.contains(byte) {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
