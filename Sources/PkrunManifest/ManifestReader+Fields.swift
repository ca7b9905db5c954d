internal import PkrunDiagnostics
internal import PkrunYAML

/// A key that is known, and what stands behind it.
struct Field<Key> {
    var key: Key
    /// As it was spelled.
    var name: String
    var keyRange: SourceRange
    /// What somebody else wrote, or a guess at what was meant: gives way to what is written here.
    var isWeak: Bool
    /// `nil` where there is nothing, or nothing of the right shape.
    var value: Node?
}

extension ManifestReader {
    /// The known keys of a map. Unknown ones, second spellings and values of a wrong shape are reported.
    ///
    /// - Parameters:
    ///   - owner: completes "in …".
    ///   - required: a key that must stand there.
    ///   - place: what is pointed at where it does not; by default the map itself.
    mutating func fields<Key: Equatable>(
        _ node: Node,
        _ table: KeyTable<Key>,
        of owner: @autoclosure () -> String,
        required: Key? = nil,
        orAt place: SourceRange? = nil
    ) -> [Field<Key>] {
        guard case .mapping(let entries) = node.content else { return [] }
        var fields: [Field<Key>] = []
        fields.reserveCapacity(entries.count)
        // Theirs, in the same order: to ask a field for its key is to copy it.
        var keys: [Key] = []
        for entry in entries where !entry.key.hasPrefix("x-") {
            guard let row = table[entry.key] else {
                let guess = reportUnknown(entry, table, owner: owner())
                // The user meant to give it: nobody shall complain that it is missing.
                if let guess, !keys.contains(guess.key) {
                    keys.append(guess.key)
                    fields.append(
                        Field(key: guess.key, name: entry.key, keyRange: entry.keyRange, isWeak: true, value: nil)
                    )
                }
                continue
            }
            let field = Field(
                key: row.key,
                name: entry.key,
                keyRange: entry.keyRange,
                isWeak: entry.isMerged,
                value: row.shape.toleratesNull && entry.value.isNull
                    ? nil : checked(entry.value, is: row.shape, "'\(entry.key)'", orAt: entry.keyRange)
            )
            if let other = keys.firstIndex(of: row.key) {
                if fields[other].isWeak {
                    fields[other] = field
                } else {
                    reportConflict(entry.keyRange, entry.key, fields[other].keyRange, fields[other].name)
                }
            } else {
                keys.append(field.key)
                fields.append(field)
            }
        }
        if let required, !keys.contains(required), let name = table.spellings(of: required).first {
            report(
                .missingKey,
                "\(owner()) has no '\(name)'",
                at: place ?? node.range,
                hint: "add \(name): …"
            )
        }
        return fields
    }

    /// Reports keys that are different ways to say one thing, beyond mere spellings.
    ///
    /// - Parameter rival: the key that says the same as another; `nil` for most.
    mutating func reportPairs<Key: Equatable>(_ fields: [Field<Key>], _ rival: (Key) -> Key?) {
        for index in fields.indices {
            guard let key = rival(fields[index].key), let other = fields.first(where: { $0.key == key }) else {
                continue
            }
            let field = fields[index]
            let isFirst = other.keyRange.offsets.lowerBound < field.keyRange.offsets.lowerBound
            let (first, second) = isFirst ? (other, field) : (field, other)
            reportConflict(second.keyRange, second.name, first.keyRange, first.name)
        }
    }

    mutating func reportConflict(_ range: SourceRange, _ name: String, _ other: SourceRange, _ otherName: String) {
        report(
            .conflictingKeys,
            "'\(name)' cannot stand beside '\(otherName)'",
            at: range,
            hint: "keep one of them",
            notes: [Diagnostic.Note("'\(otherName)' stands here", at: other)]
        )
    }

    /// - Returns: the key that is probably meant.
    private mutating func reportUnknown<Key>(
        _ entry: Node.Entry,
        _ table: KeyTable<Key>,
        owner: String
    ) -> KeyTable<Key>.Row? {
        if table.reserved.contains(entry.key) {
            report(.unsupportedKey, "'\(entry.key)' in \(owner) is not supported yet", at: entry.keyRange)
            return nil
        }
        guard !log.isFull else { return nil }
        let closest = Suggestion.closest(to: entry.key, among: table.spellings)
        report(
            .unknownKey,
            "unknown key '\(entry.key)' in \(owner)",
            at: entry.keyRange,
            hint: closest.map { "did you mean '\($0)'?" }
                ?? (JobKey.table[entry.key].map { _ in "it is a key of jobs" })
        )
        return closest.flatMap { table[$0] }
    }

    /// The node, if it has the shape. What has not is reported, unless it has been already.
    ///
    /// - Parameters:
    ///   - subject: completes "… must be".
    ///   - place: what is pointed at where nothing is written.
    mutating func checked(
        _ node: Node,
        is shape: ValueShape,
        _ subject: @autoclosure () -> String,
        orAt place: SourceRange? = nil,
        hint: @autoclosure () -> String? = nil
    ) -> Node? {
        guard !node.isHole else { return nil }
        if !node.isNull, shape.accepts(node.content) { return node }
        report(
            .wrongType,
            "\(subject()) must be \(shape.expectation), \(node.isNull ? "but has no value" : "not \(node.content.kindName)")",
            at: node.isNull ? place ?? node.range : node.range,
            hint: hint() ?? Self.remedy(for: node.content, where: shape)
        )
        return nil
    }

    private static func remedy(for content: Node.Content, where shape: ValueShape) -> String? {
        switch (shape, content) {
        case (.textList, .scalar(let word)), (.integerList, .scalar(let word)), (.dependencies, .scalar(let word)):
            "write [\(word.text)]"
        case (.text, .mapping): "quote a text that contains ': '"
        default: nil
        }
    }
}

extension Node.Content {
    /// In the user's words.
    var kindName: String {
        switch self {
        case .scalar: "text"
        case .sequence(let items): items.isEmpty ? "an empty list" : "a list"
        case .mapping: "a map"
        }
    }
}
