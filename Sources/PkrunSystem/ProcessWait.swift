/// What a process is doing at this moment, as proc(5) shows it.
package struct ProcessWait: Equatable, Sendable {
    /// The letter of proc_pid_stat(5): `R` runs, `S` sleeps, `D` cannot be interrupted, `T` is stopped, `Z` has ended.
    package var state: String
    /// What it sleeps in: a descriptor that it reads, or the kernel's function. `nil` where the kernel does not tell.
    package var place: String?

    /// - Returns: `nil` where the process is gone.
    package init?(of processID: Int32) {
        let directory = "/proc/\(processID)"
        guard let line = try? FileSystem.contents(of: "\(directory)/stat"),
            let closing = line.lastIndex(of: UInt8(ascii: ")")), closing + 2 < line.endIndex
        else { return nil }
        state = String(decoding: line[(closing + 2)...(closing + 2)], as: UTF8.self)
        place = Self.reading(directory) ?? Self.channel(directory)
    }

    /// Of proc_pid_syscall(5): the number of read(2) and its first argument, the descriptor.
    private static func reading(_ directory: String) -> String? {
        #if arch(x86_64)
            let read = "0"
        #else
            let read = "63"
        #endif
        guard let line = try? FileSystem.contents(of: "\(directory)/syscall") else { return nil }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count > 2, words[0] == read, let descriptor = Int32(words[1].dropFirst(2), radix: 16) else {
            return nil
        }
        let source = (try? FileSystem.linkTarget("\(directory)/fd/\(descriptor)")).map { " (\($0))" } ?? ""
        return descriptor == 0 ? "reads standard input\(source)" : "reads descriptor \(descriptor)\(source)"
    }

    /// Of proc_pid_wchan(5), where `0` is nothing, or nothing that may be told.
    private static func channel(_ directory: String) -> String? {
        guard let bytes = try? FileSystem.contents(of: "\(directory)/wchan") else { return nil }
        let name = String(decoding: bytes, as: UTF8.self)
        return name.isEmpty || name == "0" ? nil : "in \(name)"
    }
}
