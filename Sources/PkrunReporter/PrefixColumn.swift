package import PkrunPlan

/// The left column of the terminal: who speaks, in one width for all.
package struct PrefixColumn: Sendable {
    private static let own = "pkrun"

    private let names: [String]
    private let displays: [LogDisplay]
    private let width: Int
    private let style: Style
    /// The prefix of lines that pkrun itself has to say.
    let ownPrefix: [UInt8]

    package init(plan: Plan, usesColor: Bool) {
        names = plan.jobs.map(\.name)
        displays = plan.jobs.map(\.log.display)
        let prefixes = displays.compactMap(\.prefix)
        width = (names + prefixes).reduce(Self.own.count) { max($0, $1.count) }
        style = Style(usesColor: usesColor)
        ownPrefix = Array(style.apply(.dim, to: "\(Self.padded(Self.own, to: width)) │ ").utf8)
    }

    /// `db    │ `, or what the job is to have instead of its name; nothing where that is empty.
    package func prefix(of job: JobID) -> [UInt8] {
        let display = displays[job.index]
        guard display.prefix != "" else { return [] }
        let text = "\(padded(display.prefix ?? names[job.index])) │ "
        return Array(style.apply(colorOf: job.index, display.color, to: text).utf8)
    }

    /// Of a job's prefix, in characters.
    package func width(of job: JobID) -> Int {
        displays[job.index].prefix == "" ? 0 : width + " │ ".count
    }

    /// A job's name in its colour, padded.
    func name(of job: JobID) -> String {
        style.apply(colorOf: job.index, displays[job.index].color, to: padded(names[job.index]))
    }

    private func padded(_ text: String) -> String { Self.padded(text, to: width) }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}
