/// An optional for what few have: one word where it is missing, a place of its own on the heap where it is there.
///
/// With ordinary optionals, each of them as large as its value, a manifest of many jobs would take several times the
/// memory.
@propertyWrapper
package struct Rare<Value> {
    fileprivate final class Box {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box?

    package init(wrappedValue: Value?) { box = wrappedValue.map(Box.init) }

    package var wrappedValue: Value? {
        get { box?.value }
        set { box = newValue.map(Box.init) }
    }
}

extension Rare: Equatable where Value: Equatable {
    package static func == (left: Rare, right: Rare) -> Bool { left.wrappedValue == right.wrappedValue }
}

extension Rare.Box: Sendable where Value: Sendable {}
extension Rare: Sendable where Value: Sendable {}
