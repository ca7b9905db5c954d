/// An optional for what few have: one word where it is missing, a place of its own on the heap where it is there.
///
/// With ordinary optionals, each of them as large as its value, a manifest of many jobs would take several times the
/// memory.
@propertyWrapper
package struct Rare<Value> {
    @usableFromInline
    final class Box {
        @usableFromInline let value: Value

        @inlinable init(_ value: Value) { self.value = value }
    }

    @usableFromInline var box: Box?

    @inlinable package init() {}

    @inlinable package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    @inlinable package var wrappedValue: Value? {
        get { box?.value }
        set {
            // Not by `map`, which would ask for the type of the box even where there is nothing to put into it.
            if let newValue { box = Box(newValue) } else { box = nil }
        }
    }
}

extension Rare: Equatable where Value: Equatable {
    package static func == (left: Rare, right: Rare) -> Bool { left.wrappedValue == right.wrappedValue }
}

extension Rare.Box: Sendable where Value: Sendable {}
extension Rare: Sendable where Value: Sendable {}
