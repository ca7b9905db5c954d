/// What keeps hostile input cheap. No manifest that a person or a generator writes in earnest comes near.
package struct YAMLLimits: Sendable {
    /// Sequences and mappings within each other.
    package var depth = 50
    /// Scalars, sequences and mappings, each counted as often as an alias brings it in.
    package var nodes = 400_000
    /// UTF-8 bytes of all scalars, counted likewise.
    package var textBytes = 16 << 20

    package init() {}
}
