internal import Foundation

/// As much of JSON Schema 2020-12 as the schemas of pkrun use. A keyword that it does not know is a violation.
struct JSONSchema {
    private let root: [String: Any]

    /// - Parameter name: the name of a file in `schema/`.
    init(named name: String) throws {
        let file = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("schema").appendingPathComponent(name)
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        root = value as? [String: Any] ?? [:]
    }

    var definitions: Set<String> { Set((root["$defs"] as? [String: Any] ?? [:]).keys) }

    /// - Returns: what is wrong, with the path to it.
    func violations(of value: Any) -> [String] { violations(of: value, root, at: "$") }

    private func violations(of value: Any, _ schema: [String: Any], at path: String) -> [String] {
        schema.keys.sorted().flatMap { keyword -> [String] in
            let operand = schema[keyword] ?? ""
            switch keyword {
            case "$schema", "$defs", "title", "description", "required", "additionalProperties": return []
            case "$ref":
                let name = (operand as? String)?.replacing("#/$defs/", with: "") ?? ""
                guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
                    return ["\(path): no definition \(name)"]
                }
                return violations(of: value, target, at: path)
            case "oneOf", "anyOf":
                let results = (operand as? [[String: Any]] ?? []).map { violations(of: value, $0, at: path) }
                let matches = results.count { $0.isEmpty }
                let isRight = keyword == "oneOf" ? matches == 1 : matches > 0
                return isRight ? [] : ["\(path): \(matches) alternatives match"] + results.flatMap { $0 }
            case "const": return isEqual(value, operand) ? [] : ["\(path): not \(operand)"]
            case "enum":
                return (operand as? [Any] ?? []).contains { isEqual(value, $0) } ? [] : ["\(path): none of \(operand)"]
            case "type": return hasType(value, operand as? String ?? "") ? [] : ["\(path): no \(operand)"]
            case "minimum": return number(value) >= number(operand) ? [] : ["\(path): below \(operand)"]
            case "maximum": return number(value) <= number(operand) ? [] : ["\(path): above \(operand)"]
            case "pattern":
                let match = (value as? String)?.range(of: operand as? String ?? "", options: .regularExpression)
                return match == nil ? ["\(path): does not match \(operand)"] : []
            case "items":
                return (value as? [Any] ?? []).enumerated().flatMap { index, element in
                    violations(of: element, operand as? [String: Any] ?? [:], at: "\(path)[\(index)]")
                }
            case "properties":
                return objectViolations(of: value as? [String: Any] ?? [:], schema, at: path)
            default: return ["unknown keyword \(keyword)"]
            }
        }
    }

    private func objectViolations(of object: [String: Any], _ schema: [String: Any], at path: String) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let required = schema["required"] as? [String] ?? []
        let missing = required.filter { object[$0] == nil }.map { "\(path): \($0) is missing" }
        return missing
            + object.keys.sorted().flatMap { key -> [String] in
                guard let property = properties[key] else { return ["\(path): \(key) is unknown"] }
                return violations(of: object[key] ?? "", property, at: "\(path).\(key)")
            }
    }

    private func number(_ value: Any) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

    private func isEqual(_ left: Any, _ right: Any) -> Bool {
        if let left = left as? String { return left == right as? String }
        return number(left) == number(right)
    }

    private func hasType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "string": value is String
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "number": value is NSNumber
        case "integer": number(value).rounded() == number(value)
        case "boolean": value is Bool
        default: false
        }
    }
}
