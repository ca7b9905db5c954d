internal import PkrunSystem

/// The environment variables of a process.
public struct Environment: Sendable, Equatable {
    private let inherits: Bool
    private var changes: [String: String?] = [:]

    private init(inherits: Bool) { self.inherits = inherits }

    /// That of this program, as it is when the process starts.
    public static let inherited = Environment(inherits: true)

    /// None at all.
    public static let empty = Environment(inherits: false)

    /// This one with a variable set, or without it where the value is `nil`.
    public func setting(_ name: String, to value: String?) -> Environment {
        var copy = self
        copy.changes.updateValue(value, forKey: name)
        return copy
    }

    /// `NAME=value` each; `nil`: just what this program has.
    var entries: [String]? {
        if inherits, changes.isEmpty { return nil }
        let kept = inherits ? CurrentProcess.environment.filter { changes[Self.name(of: $0)] == nil } : []
        return kept + changes.sorted { $0.key < $1.key }.compactMap { name, value in value.map { "\(name)=\($0)" } }
    }

    private static func name(of entry: String) -> String {
        String(entry.prefix { $0 != "=" })
    }
}
