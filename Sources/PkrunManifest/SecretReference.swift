/// How a secret stands in a text whose value is not known yet: its name between two NULs, which no manifest can hold.
package enum SecretReference {
    package static let mark = UInt8(0)

    package static func text(_ name: String) -> String { "\0\(name)\0" }

    package static func stands(in text: String) -> Bool { text.utf8.contains(mark) }
}
