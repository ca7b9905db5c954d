/// A pattern of absolute paths: `*` and `?` within a name, `**` over names, `[…]`, and a backslash before a sign that
/// is meant as it is. What lies in a directory that matches, matches too.
package struct PathPattern: Equatable, Sendable {
    private let names: [[Character]]

    package init(_ text: String) {
        names = Self.names(of: text).map(Array.init)
    }

    /// The directories in front of the first name with a pattern in it.
    package var root: String {
        let literal = names.prefix { name in !name.contains { "*?[\\".contains($0) } }
        return "/" + literal.map { String($0) }.joined(separator: "/")
    }

    package func matches(_ path: String) -> Bool {
        Self.matches(names[...], Self.names(of: path)[...], mayGoOn: false)
    }

    /// Something below the directory may match.
    package func reaches(into directory: String) -> Bool {
        Self.matches(names[...], Self.names(of: directory)[...], mayGoOn: true)
    }

    private static func names(of path: String) -> [Substring] { path.split(separator: "/") }

    private static func matches(
        _ pattern: ArraySlice<[Character]>,
        _ path: ArraySlice<Substring>,
        mayGoOn: Bool
    ) -> Bool {
        guard let first = pattern.first else { return true }
        let rest = pattern.dropFirst()
        if first == ["*", "*"] {
            if mayGoOn { return true }
            return path.indices.contains { matches(rest, path[$0...], mayGoOn: false) }
        }
        guard let name = path.first else { return mayGoOn }
        return matches(first[...], name) && matches(rest, path.dropFirst(), mayGoOn: mayGoOn)
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ name: Substring) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "*":
            return matches(rest, name) || !name.isEmpty && matches(pattern, name.dropFirst())
        case "?":
            return !name.isEmpty && matches(rest, name.dropFirst())
        case "[":
            guard let end = rest.dropFirst().firstIndex(of: "]") else { break }
            guard let character = name.first, set(rest[..<end], contains: character) else { return false }
            return matches(pattern[(end + 1)...], name.dropFirst())
        case "\\":
            guard let meant = rest.first else { break }
            return name.first == meant && matches(rest.dropFirst(), name.dropFirst())
        default:
            break
        }
        return name.first == first && matches(rest, name.dropFirst())
    }

    /// `abc`, `a-z`, `!a-z`.
    private static func set(_ set: ArraySlice<Character>, contains character: Character) -> Bool {
        let isInverted = set.first == "!" || set.first == "^"
        var left = isInverted ? set.dropFirst() : set
        var isFound = false
        while let first = left.popFirst() {
            if left.first == "-", let last = left.dropFirst().first {
                isFound = isFound || (first <= last && (first...last).contains(character))
                left = left.dropFirst(2)
            } else {
                isFound = isFound || first == character
            }
        }
        return isFound != isInverted
    }
}
