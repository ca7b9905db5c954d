package import PkrunDiagnostics

/// A piece of YAML that knows where it stands. Aliases and merge keys are already resolved.
package struct Node: Equatable, Sendable {
    package var range: SourceRange
    package var content: Content

    package enum Content: Equatable, Sendable {
        case scalar(Scalar)
        case sequence([Node])
        /// In the order of the text; no key occurs twice. Merged entries stand in front.
        case mapping([Entry])
    }

    package struct Scalar: Equatable, Sendable {
        package var text: String
        package var style: Style

        package init(_ text: String, _ style: Style) {
            self.text = text
            self.style = style
        }
    }

    package enum Style: Sendable {
        /// Without quotes; only such a scalar can be null.
        case plain
        /// In quotes, in block form, or the result of an interpolation: text, whatever it looks like.
        case text
        /// Stands for what could not be read, which has been reported.
        case hole
    }

    package struct Entry: Equatable, Sendable {
        package var key: String
        package var keyRange: SourceRange
        package var value: Node
        /// Brought in by `<<` rather than written here.
        package var isMerged: Bool

        package init(key: String, keyRange: SourceRange, value: Node, isMerged: Bool = false) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
            self.isMerged = isMerged
        }
    }

    package init(_ content: Content, at range: SourceRange) {
        self.content = content
        self.range = range
    }

    /// Nothing written, `~` or `null`; YAML 1.2, core schema.
    package var isNull: Bool {
        guard case .scalar(let scalar) = content, scalar.style != .text, scalar.text.utf8.count <= 4
        else { return false }
        switch scalar.text {
        case "", "~", "null", "Null", "NULL": return true
        default: return false
        }
    }

    /// Nobody needs to be told again that something is wrong here.
    package var isHole: Bool {
        if case .scalar(let scalar) = content { scalar.style == .hole } else { false }
    }
}
