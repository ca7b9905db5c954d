internal import PkrunDiagnostics

/// What libyaml sees, in Swift's terms.
struct YAMLEvent {
    var kind: Kind
    var range: SourceRange
    /// Empty where there is none.
    var anchor = ""
    var isTagged = false

    enum Kind {
        case streamStart, streamEnd
        case documentStart, documentEnd
        case alias(String)
        case scalar(Node.Scalar)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }
}
