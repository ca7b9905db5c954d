/// What keeps hostile input cheap. Ten thousand ordinary jobs fit in.
package struct YAMLLimits: Sendable {
    /// Sequences and mappings within each other.
    package var depth = 50
    /// Keys and values of every kind, each counted as often as an alias brings it in.
    package var nodes = 500_000
    /// UTF-8 bytes of one scalar. The kernel takes no argument longer than 128 KB; execve(2).
    package var scalarBytes = 1 << 20
    /// UTF-8 bytes of all scalars, keys included, counted likewise.
    package var textBytes = 16 << 20

    package init() {}
}
