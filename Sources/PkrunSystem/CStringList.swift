/// Strings in one piece of memory, as execve(2) takes them.
struct CStringList {
    private var bytes: [UInt8] = []
    private var starts: [Int] = []

    init(_ strings: [String]) {
        starts.reserveCapacity(strings.count)
        bytes.reserveCapacity(strings.reduce(0) { $0 + $1.utf8.count + 1 })
        for string in strings {
            starts.append(bytes.count)
            bytes.append(contentsOf: string.utf8)
            bytes.append(0)
        }
    }

    /// Calls `body` with pointers to the strings, a null pointer after the last.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        unsafe bytes.withUnsafeBytes { bytes in
            let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            var pointers = unsafe [UnsafePointer<CChar>?]()
            unsafe pointers.reserveCapacity(starts.count + 1)
            for start in starts { unsafe pointers.append(base.map { unsafe $0 + start }) }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
