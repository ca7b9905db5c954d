internal import Foundation

/// As much of JSON Schema 2020-12 as the schemas of pkrun use. A keyword that it does not know is a violation.
package struct JSONSchema {
    private let root: [String: Any]

    /// - Parameter name: the name of a file in `schema/`.
    package init(named name: String) throws {
        let file = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("schema").appendingPathComponent(name)
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        root = value as? [String: Any] ?? [:]
    }

    /// The names of the properties of a definition, or of the root.
    package func properties(of definition: String? = nil) -> Set<String> {
        let schema = definition.map { (root["$defs"] as? [String: Any])?[$0] as? [String: Any] ?? [:] } ?? root
        return Set((schema["properties"] as? [String: Any] ?? [:]).keys)
    }

    package var definitions: Set<String> { Set((root["$defs"] as? [String: Any] ?? [:]).keys) }

    /// - Returns: what is wrong, with the path to it.
    package func violations(of value: Any) -> [String] { violations(of: value, root, at: "$") }

    private func violations(of value: Any, _ schema: [String: Any], at path: String) -> [String] {
        schema.keys.sorted().flatMap { keyword -> [String] in
            let operand = schema[keyword] ?? ""
            switch keyword {
            case "$schema", "$id", "$defs", "title", "description", "examples", "default": return []
            case "required":
                guard let object = value as? [String: Any] else { return [] }
                return (operand as? [String] ?? []).filter { object[$0] == nil }.map { "\(path): \($0) is missing" }
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
            case "allOf":
                return (operand as? [[String: Any]] ?? []).flatMap { violations(of: value, $0, at: path) }
            case "not":
                let isRight = !violations(of: value, operand as? [String: Any] ?? [:], at: path).isEmpty
                return isRight ? [] : ["\(path): matches what it must not"]
            case "const": return isEqual(value, operand) ? [] : ["\(path): not \(operand)"]
            case "enum":
                return (operand as? [Any] ?? []).contains { isEqual(value, $0) } ? [] : ["\(path): none of \(operand)"]
            case "type":
                let types = operand as? [String] ?? [operand as? String ?? ""]
                return types.contains { hasType(value, $0) } ? [] : ["\(path): no \(operand)"]
            case "minimum": return !(number(value) < number(operand)) ? [] : ["\(path): below \(operand)"]
            case "maximum": return !(number(value) > number(operand)) ? [] : ["\(path): above \(operand)"]
            case "pattern":
                guard let text = value as? String else { return [] }
                let match = text.range(of: operand as? String ?? "", options: .regularExpression)
                return match == nil ? ["\(path): does not match \(operand)"] : []
            case "minItems":
                guard let list = value as? [Any] else { return [] }
                return Double(list.count) >= number(operand) ? [] : ["\(path): too short"]
            case "minProperties":
                guard let object = value as? [String: Any] else { return [] }
                return Double(object.count) >= number(operand) ? [] : ["\(path): too few"]
            case "propertyNames":
                return (value as? [String: Any] ?? [:]).keys.sorted().flatMap {
                    violations(of: $0, operand as? [String: Any] ?? [:], at: "\(path).\($0)")
                }
            case "items":
                return (value as? [Any] ?? []).enumerated().flatMap { index, element in
                    violations(of: element, operand as? [String: Any] ?? [:], at: "\(path)[\(index)]")
                }
            case "properties", "patternProperties", "additionalProperties":
                // They belong together: once is enough.
                let first = ["properties", "patternProperties", "additionalProperties"].first { schema[$0] != nil }
                guard keyword == first, let object = value as? [String: Any] else { return [] }
                return objectViolations(of: object, schema, at: path)
            default: return ["unknown keyword \(keyword)"]
            }
        }
    }

    /// `properties`, `patternProperties` and `additionalProperties`. What none of them mentions is a violation.
    private func objectViolations(of object: [String: Any], _ schema: [String: Any], at path: String) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let patterns = schema["patternProperties"] as? [String: [String: Any]] ?? [:]
        let additional = schema["additionalProperties"] as? [String: Any]
        return object.keys.sorted().flatMap { key -> [String] in
            let pattern = patterns.first { key.range(of: $0.key, options: .regularExpression) != nil }
            guard let property = properties[key] ?? pattern?.value ?? additional else {
                return ["\(path): \(key) is unknown"]
            }
            return violations(of: object[key] ?? "", property, at: "\(path).\(key)")
        }
    }

    private func number(_ value: Any) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

    /// Parsed JSON has a number of the type `char` for it.
    private func isBoolean(_ value: Any) -> Bool {
        if type(of: value) == Bool.self { return true }
        return (value as? NSNumber).map { unsafe $0.objCType.pointee == CChar(bitPattern: UInt8(ascii: "c")) } ?? false
    }

    private func isEqual(_ left: Any, _ right: Any) -> Bool {
        if let left = left as? String { return left == right as? String }
        return number(left) == number(right)
    }

    private func hasType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "string": value is String
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "boolean": isBoolean(value)
        case "null": value is NSNull
        case "number": value is NSNumber && !isBoolean(value)
        case "integer": !isBoolean(value) && number(value).rounded() == number(value)
        default: false
        }
    }
}
