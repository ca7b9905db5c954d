internal import Glibc

extension Descriptor {
    /// read(2): fills `buffer` from its start.
    /// - Returns: bytes read, 0 at the end of the file.
    package func read(into buffer: inout [UInt8]) throws(SystemError) -> Int? {
        try retrying("read") {
            unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
        }
    }

    /// pread(2): as `read`, at an offset, without moving the file's own.
    package func read(into buffer: inout [UInt8], at offset: Int) throws(SystemError) -> Int? {
        try retrying("pread") {
            unsafe buffer.withUnsafeMutableBytes { unsafe pread(number, $0.baseAddress, $0.count, offset) }
        }
    }

    /// write(2): may write less than all.
    /// - Returns: bytes written.
    package func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int? {
        try retrying("write") {
            unsafe bytes.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
        }
    }

    /// pwrite(2): as `write`, at an offset, without moving the file's own.
    package func write(_ bytes: Span<UInt8>, at offset: Int) throws(SystemError) -> Int? {
        try retrying("pwrite") {
            unsafe bytes.withUnsafeBytes { unsafe pwrite(number, $0.baseAddress, $0.count, offset) }
        }
    }

    /// Writes everything, waiting where the descriptor is not ready.
    package func writeAll(_ bytes: Span<UInt8>) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            if let count = try write(bytes.extracting(written..<bytes.count)) {
                written += count
            } else {
                try waitUntilWritable()
            }
        }
    }

    package func writeAll(_ text: String) throws(SystemError) {
        try writeAll(Array(text.utf8).span)
    }

    /// Reads to the end of the file; meant for small files such as those of proc(5) and cgroups(7).
    ///
    /// - Parameter limit: the bytes behind which it stops, some more perhaps.
    package func readAll(upTo limit: Int = .max) throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while content.count < limit, let count = try read(into: &chunk), count > 0 {
            content.append(contentsOf: chunk[..<count])
        }
        return content
    }

    /// poll(2) for POLLOUT.
    private func waitUntilWritable() throws(SystemError) {
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        try checking("poll") { unsafe poll(&entry, 1, -1) }
    }
}
