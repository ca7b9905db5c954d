extension EnvironmentOverlay {
    /// Layers of changes, made one: each variable once, in the order of first mention, with its last value.
    init(lastOfEach layers: [Change]) {
        var positions = [String: Int](minimumCapacity: layers.count)
        var changes: [Change] = []
        for change in layers {
            if let position = positions[change.name] {
                changes[position] = change
            } else {
                positions[change.name] = changes.count
                changes.append(change)
            }
        }
        self.init(changes)
    }
}
