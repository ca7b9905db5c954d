extension EnvironmentOverlay {
    /// Layers of changes, made one: each variable once, in the order of first mention, with its last value.
    init(lastOfEach layers: [Change], startsEmpty: Bool) {
        var positions = [String: Int](minimumCapacity: layers.count)
        var changes: [Change] = []
        for change in layers {
            if let position = positions.updateValue(changes.count, forKey: change.name) {
                positions[change.name] = position
                changes[position] = change
            } else {
                changes.append(change)
            }
        }
        self.init(changes)
        self.startsEmpty = startsEmpty
    }
}
