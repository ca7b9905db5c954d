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
    func apply(colorOf job: Int, to text: String) -> String {
        wrap(text, in: Self.palette[job % Self.palette.count])
    }

    /// What a job has left switched on is switched off in front.
    private func wrap(_ text: String, in parameters: String) -> String {
        usesColor ? "\u{1B}[0;\(parameters)m\(text)\u{1B}[0m" : text
    }
}
