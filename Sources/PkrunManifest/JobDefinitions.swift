internal import PkrunDiagnostics
internal import PkrunYAML

/// One place where something of a job is written.
struct JobDefinition {
    var name: Located<String>
    /// `nil` where no map stands behind the name.
    var node: Node?
    var interpolation: Interpolation
}

/// The jobs of a file, or of several that override each other.
struct JobDefinitions {
    /// In the order of the text.
    private(set) var names: [String] = []
    private var places: [String: [JobDefinition]] = [:]

    /// What is written about a job, the last word first.
    subscript(name: String) -> [JobDefinition] { places[name] ?? [] }

    mutating func add(_ definition: JobDefinition) {
        let name = definition.name.value
        if places[name] == nil { names.append(name) }
        places[name, default: []].insert(definition, at: 0)
    }
}
