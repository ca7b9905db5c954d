/// An optional for what few have: one word where it is missing, a place of its own on the heap where it is there.
///
/// With ordinary optionals, each of them as large as its value, a manifest of many jobs would take several times the
/// memory. Public because what is not is never specialized for another module: to plan many small jobs took a sixth
/// longer.
@propertyWrapper
public struct Rare<Value> {
    @usableFromInline final class Box {
        @usableFromInline let value: Value

        @inlinable init(_ value: Value) { self.value = value }
    }

    @usableFromInline var box: Box?

    @inlinable public init(wrappedValue: Value?) { box = wrappedValue.map(Box.init) }

    @inlinable public var wrappedValue: Value? {
        get { box?.value }
        set { box = newValue.map(Box.init) }
    }
}

extension Rare: Equatable where Value: Equatable {
    public static func == (left: Rare, right: Rare) -> Bool { left.wrappedValue == right.wrappedValue }
}

extension Rare.Box: Sendable where Value: Sendable {}
extension Rare: Sendable where Value: Sendable {}
