import PkrunYAML

extension Node {
    /// The node without places, for comparing: scalars quoted where they are text, `~` for null.
    var shape: String {
        if isNull { return "~" }
        switch content {
        case .scalar(let scalar): return scalar.style == .plain ? scalar.text : "'\(scalar.text)'"
        case .sequence(let items): return "[\(items.map(\.shape).joined(separator: ", "))]"
        case .mapping(let entries):
            return "{\(entries.map { "\($0.key): \($0.value.shape)" }.joined(separator: ", "))}"
        }
    }
}
