package import PkrunPlan

/// The environment that jobs start from: pkrun's own, once, in a form that overlays are cheaply laid over.
package struct JobEnvironment {
    private let inherited: [String]
    private let positions: [String: Int]
    /// Most jobs of a manifest have the same changes.
    private var latest: (overlay: EnvironmentOverlay, workingDirectory: String, result: [String])?

    /// - Parameter inherited: `NAME=value` each; environ(7).
    package init(inherited: [String]) {
        self.inherited = inherited
        var positions: [String: Int] = [:]
        for (index, entry) in inherited.enumerated() {
            positions[String(entry.prefix { $0 != "=" })] = index
        }
        self.positions = positions
    }

    /// `NAME=value` each, with the overlay's changes made in order.
    ///
    /// - Parameter workingDirectory: becomes `PWD`, as a shell would have it, unless the overlay has one.
    package mutating func applying(_ overlay: EnvironmentOverlay, workingDirectory: String) -> [String] {
        if let latest, latest.workingDirectory == workingDirectory, latest.overlay == overlay { return latest.result }
        let positions = overlay.startsEmpty ? [:] : self.positions
        var entries: [String?] = overlay.startsEmpty ? [] : inherited
        var added: [String: Int] = [:]
        for change in [EnvironmentOverlay.Change("PWD", workingDirectory)] + overlay.changes {
            let entry = change.value.map { "\(change.name)=\($0)" }
            if let position = positions[change.name] ?? added[change.name] {
                entries[position] = entry
            } else {
                added[change.name] = entries.count
                entries.append(entry)
            }
        }
        let result = entries.compactMap(\.self)
        latest = (overlay, workingDirectory, result)
        return result
    }
}
