/// What keeps hostile input cheap. Ten thousand ordinary jobs fit in.
package struct YAMLLimits: Sendable {
    /// Sequences and mappings within each other.
    package var depth = 50
    /// Values: scalars, sequences and mappings, each counted as often as an alias brings it in.
    package var values = 300_000
    /// UTF-8 bytes of all scalars, keys included, counted likewise.
    package var textBytes = 16 << 20

    package init() {}
}
