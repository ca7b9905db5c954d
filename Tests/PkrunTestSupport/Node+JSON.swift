internal import Foundation
package import PkrunYAML

extension Node {
    /// What a reader of YAML 1.2 (core schema) without any knowledge of manifests makes of it, in the types of JSON.
    package var json: Any {
        switch content {
        case .sequence(let items): items.map(\.json)
        case .mapping(let entries): Dictionary(entries.map { ($0.key, $0.value.json) }) { first, _ in first }
        case .scalar(let scalar) where scalar.style == .text: scalar.text
        case .scalar(let scalar): isNull ? NSNull() : Self.plain(scalar.text)
        }
    }

    private static func plain(_ text: String) -> Any {
        switch text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: break
        }
        if let integer = Int(text) { return integer }
        if let number = Double(text) { return number }
        return text
    }
}
