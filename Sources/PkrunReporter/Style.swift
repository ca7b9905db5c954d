internal import PkrunPlan

/// Select Graphic Rendition of terminals (ECMA-48, 8.3.117), or plain text where there is none.
struct Style: Sendable {
    let usesColor: Bool

    enum Look: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Colours that stay apart from each other and from those that mean something.
    private static let palette = ["36", "35", "34", "96", "95", "94"]

    func apply(_ look: Look, to text: String) -> String { wrap(text, in: look.rawValue) }

    /// The same colour wherever the job is spoken of.
    ///
    /// - Parameter color: what its user chose; `nil` leaves the choice to us.
    func apply(colorOf job: Int, _ color: LogColor?, to text: String) -> String {
        guard let color else { return wrap(text, in: Self.palette[job % Self.palette.count]) }
        return color.parameters.map { wrap(text, in: $0) } ?? text
    }

    /// What a job has left switched on is switched off in front.
    private func wrap(_ text: String, in parameters: String) -> String {
        usesColor ? "\u{1B}[0;\(parameters)m\(text)\u{1B}[0m" : text
    }
}

extension LogColor {
    fileprivate var parameters: String? {
        switch self {
        case .red: "31"
        case .green: "32"
        case .yellow: "33"
        case .blue: "34"
        case .magenta: "35"
        case .cyan: "36"
        case .white: "37"
        case .noColor: nil
        }
    }
}
