internal import Glibc

/// Files below `Tests/Fixtures`.
package enum Fixtures {
    /// Absolute path of a file or directory.
    package static func path(_ name: String, testSupport: StaticString = #filePath) -> String {
        let here = String(describing: testSupport)
        return here.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/\($1)" } + "/Fixtures/\(name)"
    }

    /// The names in a directory that end so, without the ending, in order.
    package static func names(in directory: String, ending: String) -> [String] {
        guard let stream = unsafe opendir(path(directory)) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasSuffix(ending) { names.append(String(name.dropLast(ending.count))) }
        }
        return names.sorted()
    }

    /// The bytes of a file; `nil` where there is none.
    package static func bytes(_ name: String) -> [UInt8]? {
        guard let stream = unsafe fopen(path(name), "r") else { return nil }
        defer { unsafe fclose(stream) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, stream)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    package static func text(_ name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether expected outputs are to be written anew instead of compared: `PKRUN_RECORD=1 swift test`.
    package static var isRecording: Bool { unsafe getenv("PKRUN_RECORD") != nil }

    package static func write(_ text: String, to name: String) {
        guard let stream = unsafe fopen(path(name), "w") else { return }
        defer { unsafe fclose(stream) }
        let bytes = Array(text.utf8)
        _ = unsafe fwrite(bytes, 1, bytes.count, stream)
    }
}
