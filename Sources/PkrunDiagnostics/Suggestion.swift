/// "Did you mean …?"
package enum Suggestion {
    /// The candidate that is most likely meant, if any is near enough.
    package static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        // Beyond this length it is no slip of the fingers, and the comparison would be slow.
        guard !letters.isEmpty, letters.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let limit = min(best.map { $0.distance - 1 } ?? .max, max(letters.count, candidate.utf8.count) / 3)
            guard abs(letters.count - candidate.utf8.count) <= limit else { continue }
            let distance = distance(letters, Array(candidate.lowercased().utf8))
            if distance <= limit { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// `did you mean 'x'?`, ready to be a hint.
    package static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
        closest(to: word, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) between two words.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    previous[column] + (letter == other ? 0 : 1),
                    previous[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
