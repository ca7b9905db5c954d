internal import PkrunDiagnostics

/// One pass of `Interpolation` over one text.
struct InterpolationExpander {
    private let source: [UInt8]
    private let rules: Interpolation
    private var position = 0
    private(set) var problems: [Interpolation.Problem] = []
    /// An expression was never closed: the rest cannot be told apart, and those around it are not closed either.
    private var isLost = false

    /// Expressions within expressions; a bound on the stack.
    private static let depthLimit = 20

    init(_ source: [UInt8], rules: Interpolation) {
        self.source = source
        self.rules = rules
    }

    mutating func expand() -> [UInt8] { template(depth: 0, isNeeded: true) }

    /// Text with expressions in it, up to its end, or up to the brace that closes the expression it stands in.
    private mutating func template(depth: Int, isNeeded: Bool) -> [UInt8] {
        var output: [UInt8] = []
        while let byte = current, depth == 0 || byte != UInt8(ascii: "}") {
            guard byte == UInt8(ascii: "$") else {
                output.append(byte)
                position += 1
                continue
            }
            switch next {
            case UInt8(ascii: "$"):
                output.append(byte)
                position += 2
            case UInt8(ascii: "{"):
                output += braced(depth: depth, isNeeded: isNeeded)
            case let next? where rules.replacesBareNames && Self.beginsName(next):
                output += bare(isNeeded: isNeeded)
            default:
                output.append(byte)
                position += 1
            }
        }
        return output
    }

    private mutating func bare(isNeeded: Bool) -> [UInt8] {
        let start = position
        position += 1
        let name = name()
        if let value = rules.lookup(name) { return Array(value.utf8) }
        if isNeeded { reportUnset(name, from: start) }
        return []
    }

    /// From `${` to behind its `}`.
    private mutating func braced(depth: Int, isNeeded: Bool) -> [UInt8] {
        let start = position
        position += 2
        let name = name()
        guard !name.isEmpty, depth < Self.depthLimit, let operation = operation() else {
            return invalid(from: start)
        }
        let value = rules.lookup(name)
        let given = operation.emptyCountsAsUnset && value?.isEmpty == true ? nil : value
        let needsOperand =
            switch operation.kind {
            case .value: false
            case .replacement: given != nil
            case .fallback, .requirement: given == nil
            }
        let operand = template(depth: depth + 1, isNeeded: isNeeded && needsOperand)
        guard !isLost else { return [] }
        guard current == UInt8(ascii: "}") else { return invalid(from: start) }
        position += 1
        switch operation.kind {
        case .replacement, .fallback:
            if needsOperand { return operand }
        case .value:
            if given == nil, isNeeded { reportUnset(name, from: start) }
        case .requirement:
            if given == nil, isNeeded { reportRequired(name, String(decoding: operand, as: UTF8.self), from: start) }
        }
        return operation.kind == .replacement ? [] : Array((given ?? "").utf8)
    }

    private struct Operation {
        enum Kind { case value, fallback, requirement, replacement }

        var kind: Kind
        var emptyCountsAsUnset = false
    }

    /// What stands between name and operand. A plain `${V}` has an empty operand.
    private mutating func operation() -> Operation? {
        if current == UInt8(ascii: "}") { return Operation(kind: .value) }
        let hasColon = current == UInt8(ascii: ":")
        if hasColon { position += 1 }
        let kind: Operation.Kind
        switch current {
        case UInt8(ascii: "-"): kind = .fallback
        case UInt8(ascii: "?"): kind = .requirement
        case UInt8(ascii: "+"): kind = .replacement
        default: return nil
        }
        position += 1
        return Operation(kind: kind, emptyCountsAsUnset: hasColon)
    }

    private mutating func name() -> String {
        let start = position
        while let byte = current, Self.beginsName(byte) || position > start && byte.isASCIIDigit { position += 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    private mutating func invalid(from start: Int) -> [UInt8] {
        while let byte = current, byte != UInt8(ascii: "}") { position += 1 }
        if current == nil { isLost = true } else { position += 1 }
        let expression = source[start..<position]
        let shown = String(decoding: expression.prefix(40), as: UTF8.self) + (expression.count > 40 ? "…" : "")
        report(
            .invalidInterpolation,
            "'\(shown)' is not a valid interpolation",
            hint: "${NAME}, ${NAME:-default}, or $${…} to leave it to the shell",
            from: start
        )
        return []
    }

    private mutating func reportUnset(_ name: String, from start: Int) {
        report(
            .unsetVariable,
            "variable '\(name)' is not set",
            hint: "set it, or give a default: ${\(name):-…}",
            from: start
        )
    }

    private mutating func reportRequired(_ name: String, _ message: String, from start: Int) {
        report(
            .requiredVariable,
            "variable '\(name)' is required\(message.isEmpty ? "" : ": \(message)")",
            hint: "set it",
            from: start
        )
    }

    private mutating func report(
        _ code: DiagnosticCode,
        _ message: String,
        hint: String,
        from start: Int
    ) {
        guard problems.count < DiagnosticLog.limit else { return }
        problems.append(
            Interpolation.Problem(code: code, message: message, hint: hint, expression: start..<position)
        )
    }

    private var current: UInt8? { position < source.count ? source[position] : nil }

    private var next: UInt8? { position + 1 < source.count ? source[position + 1] : nil }

    private static func beginsName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_")
    }
}
