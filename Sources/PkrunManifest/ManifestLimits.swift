package import PkrunDiagnostics

/// A limit of every process of a job.
package struct ManifestLimit: Equatable, Sendable {
    package var name: Located<String>
    package var soft: Located<String>
    package var hard: Located<String>
}

/// Limits of a job's processes together.
package struct ManifestResources: Equatable, Sendable {
    /// Where the key stands.
    package var range: SourceRange
    package var processors: Located<Double>?
    /// In bytes.
    package var memory: Located<UInt64>?
    package var processes: Located<Int>?
    package var enforcement: Located<String>?
}

package struct ManifestWatch: Equatable, Sendable {
    /// Where the key stands.
    package var range: SourceRange
    package var paths: Located<[String]>?
    package var ignoredPaths: Located<[String]>?
    package var debounce: Located<Duration>?
    package var action: Located<String>?
}
