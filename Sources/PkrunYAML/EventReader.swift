internal import CYAML
internal import PkrunDiagnostics

/// Pulls libyaml's events one by one. The only place that touches libyaml's memory: what it hands out is copied.
@safe
struct EventReader: ~Copyable {
    private let file: SourceFile
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// Gives a reader to the closure, for as long as the text stays where it is.
    static func withEvents<Result>(of file: SourceFile, _ body: (consuming EventReader) -> Result) -> Result {
        var text = file.text
        return text.withUTF8 { unsafe body(EventReader(file, input: $0)) }
    }

    /// - Parameter input: libyaml reads from it until the parser is deleted.
    private init(_ file: SourceFile, input: UnsafeBufferPointer<UInt8>) {
        self.file = file
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // It fails only where there is no memory, which Swift does not survive either.
        guard unsafe yaml_parser_initialize(parser) == 1 else { fatalError("no memory for the YAML parser") }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// - Throws: the syntax error, located. Nothing can be read after it.
    mutating func next() throws(Diagnostic) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
        defer { unsafe yaml_event_delete(&event) }
        let range = unsafe file.range(event.start_mark.index..<max(event.start_mark.index, event.end_mark.index))
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, range: range)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, range: range)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, range: range)
        case YAML_ALIAS_EVENT:
            return unsafe YAMLEvent(kind: .alias(Self.string(event.data.alias.anchor)), range: range)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return unsafe YAMLEvent(
                kind: .scalar(
                    Node.Scalar(
                        String(decoding: text, as: UTF8.self),
                        scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .text
                    )
                ),
                range: range,
                anchor: Self.string(scalar.anchor),
                isTagged: scalar.tag != nil
            )
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe YAMLEvent(
                kind: .sequenceStart,
                range: range,
                anchor: Self.string(start.anchor),
                isTagged: start.tag != nil
            )
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, range: range)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe YAMLEvent(
                kind: .mappingStart,
                range: range,
                anchor: Self.string(start.anchor),
                isTagged: start.tag != nil
            )
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, range: range)
        default: return YAMLEvent(kind: .streamEnd, range: range)
        }
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String {
        unsafe text.map { unsafe String(cString: $0) } ?? ""
    }

    private func syntaxError() -> Diagnostic {
        let parser = unsafe self.parser.pointee
        let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "the text cannot be read"
        guard unsafe parser.error != YAML_READER_ERROR else {
            let offset = unsafe file.text.utf8.prefix(parser.problem_offset).count { $0 & 0xC0 != 0x80 }
            return Diagnostic(.invalidEncoding, problem, at: file.range(offset..<offset + 1))
        }
        return unsafe SyntaxProblem(
            message: problem,
            offset: parser.problem_mark.index,
            context: parser.context.map { unsafe String(cString: $0) },
            contextOffset: parser.context_mark.index
        )
        .diagnostic(in: file)
    }
}
