/// Values laid out as C takes them, as long as this lives.
@safe
final class CMemory {
    private var blocks = unsafe [UnsafeMutableRawPointer]()

    deinit {
        while let block = unsafe blocks.popLast() { unsafe block.deallocate() }
    }

    func copy<Value: BitwiseCopyable>(_ value: Value) -> UnsafeMutablePointer<Value> {
        let copy = unsafe block(of: MemoryLayout<Value>.size).bindMemory(to: Value.self, capacity: 1)
        unsafe copy.initialize(to: value)
        return unsafe copy
    }

    /// - Returns: `nil` for none.
    func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element>? {
        guard !elements.isEmpty else { return nil }
        let size = elements.count * MemoryLayout<Element>.stride
        let copy = unsafe block(of: size).bindMemory(to: Element.self, capacity: elements.count)
        _ = unsafe UnsafeMutableBufferPointer(start: copy, count: elements.count).initialize(from: elements)
        return unsafe copy
    }

    func copy(_ string: String) -> UnsafePointer<CChar>? { unsafe copy(list: [string])[0] }

    /// Pointers to the strings with a null pointer behind them, as execve(2) takes them, and then the strings.
    func copy(list strings: [String]) -> UnsafePointer<UnsafePointer<CChar>?> {
        let table = (strings.count + 1) * MemoryLayout<Int>.stride
        let length = strings.reduce(0) { $0 + $1.utf8.count + 1 }
        let block = unsafe block(of: table + length)
        let pointers = unsafe block.bindMemory(to: UnsafePointer<CChar>?.self, capacity: strings.count + 1)
        var end = unsafe (block + table).bindMemory(to: CChar.self, capacity: length)
        for (index, string) in strings.enumerated() {
            unsafe (pointers + index).initialize(to: UnsafePointer(end))
            var string = string
            let size = string.withUTF8 { bytes in
                unsafe UnsafeMutableRawBufferPointer(start: end, count: bytes.count).copyBytes(from: bytes)
                return bytes.count
            }
            unsafe (end + size).initialize(to: 0)
            unsafe end += size + 1
        }
        unsafe (pointers + strings.count).initialize(to: nil)
        return unsafe UnsafePointer(pointers)
    }

    private func block(of size: Int) -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<Int>.alignment)
        unsafe blocks.append(block)
        return unsafe block
    }
}
