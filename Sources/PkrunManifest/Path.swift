/// Paths as text; nothing is looked up.
package enum Path {
    /// The path, taken from the directory if it is relative.
    package static func absolute(_ path: String, in directory: String) -> String {
        if isAbsolute(path) { return path }
        var rest = path.utf8[...]
        while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2).drop { $0 == UInt8(ascii: "/") } }
        if rest.isEmpty || rest.elementsEqual(".".utf8) { return directory }
        return directory + (directory.hasSuffix("/") ? "" : "/") + Substring(rest)
    }

    /// Without `.`, `..` and doubled slashes, as far as the text tells.
    package static func normalized(_ path: String) -> String {
        var components: [Substring] = []
        for component in path.split(separator: "/") where component != "." {
            if component == "..", let last = components.last, last != ".." {
                components.removeLast()
            } else if component != ".." || !isAbsolute(path) {
                components.append(component)
            }
        }
        return (isAbsolute(path) ? "/" : "") + components.joined(separator: "/")
    }

    package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

    /// The directory part of a path, as written; empty where there is none.
    package static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    package static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? "/"
    }
}
