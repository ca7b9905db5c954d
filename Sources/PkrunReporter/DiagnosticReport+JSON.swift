internal import PkrunDiagnostics
internal import PkrunEvents

extension DiagnosticReport {
    static func json(_ diagnostics: [Diagnostic]) -> String {
        var map = SourceMap()
        var writer = JSONWriter(isIndented: true)
        writer.object { report in
            report.field("errors", diagnostics.count { $0.severity == .error })
            report.field("warnings", diagnostics.count { $0.severity == .warning })
            report.key("diagnostics")
            report.array { list in
                for diagnostic in diagnostics {
                    list.object { object in
                        object.field("severity", diagnostic.severity.rawValue)
                        object.field("code", diagnostic.code.rawValue)
                        object.field("message", diagnostic.message)
                        if let hint = diagnostic.hint { object.field("hint", hint) }
                        if let range = diagnostic.range { object.fields(of: map.region(of: range)) }
                        object.key("notes")
                        object.array { notes in
                            for note in diagnostic.allNotes {
                                notes.object { object in
                                    object.field("message", note.message)
                                    object.fields(of: map.region(of: note.range))
                                }
                            }
                        }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}

extension JSONWriter {
    fileprivate mutating func fields(of region: SourceMap.Region) {
        field("file", region.path)
        field("line", region.line)
        field("column", region.column)
        field("end_line", region.endLine)
        field("end_column", region.endColumn)
    }
}
