/// How many copies of which job the user wants, whatever the manifest says: `web=2,worker=0`.
package struct JobScale: Equatable, Sendable {
    package private(set) var counts: [String: Int] = [:]
    /// `all=1`: of every job that is not named.
    package private(set) var others: Int?

    package init() {}

    /// - Returns: nil where an item is no `job=number`.
    package init?(parsing text: String) {
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), count >= 0 else { return nil }
            if parts[0] == "all" { others = count } else { counts[String(parts[0])] = count }
        }
    }

    /// Adds what another says, which counts where both say something.
    package mutating func override(with other: JobScale) {
        counts.merge(other.counts) { $1 }
        others = other.others ?? others
    }

    func count(of job: String) -> Int? { counts[job] ?? others }
}
