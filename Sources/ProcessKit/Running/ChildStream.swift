internal import PkrunSystem

/// One of the three streams of a new process: what it gets, and what this program keeps of it.
struct ChildStream: ~Copyable {
    /// Becomes 0, 1 or 2 of the process.
    let number: Int32
    private var childEnd: OwnedDescriptor?
    private var ownEnd: OwnedDescriptor?

    /// A descriptor that belongs to somebody else.
    init(_ number: Int32) {
        self.number = number
        childEnd = nil
        ownEnd = nil
    }

    private init(_ childEnd: consuming OwnedDescriptor, _ ownEnd: consuming OwnedDescriptor? = nil) {
        number = childEnd.number
        self.childEnd = consume childEnd
        self.ownEnd = consume ownEnd
    }

    /// This program's end of the pipe, where there is one.
    mutating func takeOwnEnd() -> OwnedDescriptor? { ownEnd.take() }

    /// The process's end, where it is not somebody else's.
    mutating func takeChildEnd() -> OwnedDescriptor? { childEnd.take() }

    /// - Parameter terminal: what takes the place of pipes and of nothing.
    static func input(
        _ source: StandardInput,
        given: Int32?,
        terminal: Int32?,
        nothing: Int32
    ) throws(SystemError) -> ChildStream {
        if let given { return ChildStream(given) }
        switch source {
        case .none: return ChildStream(terminal ?? nothing)
        case .inherited: return ChildStream(Descriptor.standardInput.number)
        case .file(let path): return ChildStream(try OwnedDescriptor.open(path, .readOnly))
        case .bytes, .writer:
            if let terminal { return ChildStream(terminal) }
            return try Pipe().split { (readEnd, writeEnd) throws(SystemError) in
                try writeEnd.borrowed.setNonblocking(true)
                return ChildStream(readEnd, writeEnd)
            }
        }
    }

    /// - Parameter terminal: what takes the place of pipes.
    static func output(
        _ target: OutputTarget,
        given: Int32?,
        terminal: Int32?,
        inherited: Descriptor,
        nothing: Int32
    ) throws(SystemError) -> ChildStream {
        if let given { return ChildStream(given) }
        switch target {
        case .discarded: return ChildStream(nothing)
        case .inherited: return ChildStream(inherited.number)
        case .file(let path): return ChildStream(try OwnedDescriptor.open(path, [.writeOnly, .create, .truncate]))
        case .captured:
            if let terminal { return ChildStream(terminal) }
            return try Pipe().split { (readEnd, writeEnd) throws(SystemError) in
                try readEnd.borrowed.setNonblocking(true)
                return ChildStream(writeEnd, readEnd)
            }
        }
    }
}
