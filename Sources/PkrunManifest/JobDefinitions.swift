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
    /// What is written about each job, the last word first; in the order of the text.
    private(set) var all: [[JobDefinition]] = []
    private var places: [String: Int] = [:]

    /// Empty where there is no such job.
    subscript(name: String) -> [JobDefinition] { places[name].map { all[$0] } ?? [] }

    mutating func add(_ definition: consuming JobDefinition) {
        let name = definition.name.value
        guard let place = places.updateValue(all.count, forKey: name) else {
            all.append([definition])
            return
        }
        places[name] = place
        all[place].insert(definition, at: 0)
    }
}
