/// Values laid out as C takes them, until they are forgotten.
///
/// One area that is used again and again: what a spawn needs costs no allocation of its own.
@safe
final class CMemory {
    private var area = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var used = 0
    /// Areas that were too small for all, with what was copied to them.
    private var full = unsafe [UnsafeMutableRawBufferPointer]()

    deinit {
        forget()
        unsafe area.deallocate()
    }

    /// Ends the life of all that was copied.
    func forget() {
        used = 0
        while let area = unsafe full.popLast() { unsafe area.deallocate() }
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
        let alignment = MemoryLayout<Int>.alignment
        if unsafe used + size > area.count {
            unsafe full.append(area)
            unsafe area = .allocate(byteCount: max(2 * area.count, size, 16384), alignment: alignment)
            used = 0
        }
        let block = unsafe area.baseAddress.unsafelyUnwrapped + used
        used += (size + alignment - 1) / alignment * alignment
        return unsafe block
    }
}
