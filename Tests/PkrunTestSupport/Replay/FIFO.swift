import Glibc
internal import PkrunSystem

/// A FIFO that keeps what is written until somebody reads it.
final class FIFO {
    private let end: OwnedDescriptor

    init(path: String) throws(SystemError) {
        guard unsafe mkfifo(path, 0o600) == 0 else { throw SystemError("mkfifo", path, errorNumber: errno) }
        end = try .open(path, .readWrite)
    }

    func write(_ line: String) throws(SystemError) { try end.borrowed.writeAll("\(line)\n") }
}
