internal import PkrunManifest

extension EnvironmentOverlay {
    /// With the values of secrets where they are named.
    package func revealing(_ secrets: [String: String]) -> EnvironmentOverlay {
        guard !secrets.isEmpty else { return self }
        var overlay = self
        for (index, change) in changes.enumerated() {
            guard let value = change.value, SecretReference.stands(in: value) else { continue }
            // Every second part is a name.
            let parts = value.split(separator: "\0", omittingEmptySubsequences: false).enumerated()
            overlay.changes[index].value =
                parts.map { number, part in number % 2 == 0 ? String(part) : secrets[String(part)] ?? "" }.joined()
        }
        return overlay
    }
}
