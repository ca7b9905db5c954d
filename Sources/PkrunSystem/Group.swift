internal import Glibc

/// A group of this system, as group(5) and the name services know it.
package struct Group: Equatable, Sendable {
    package var name: String
    package var groupID: UInt32

    /// getgrnam_r(3)
    /// - Returns: `nil` where there is no such group.
    package static func named(_ name: String) throws(SystemError) -> Group? {
        var size = 4096
        while true {
            var record = unsafe group()
            var result: UnsafeMutablePointer<group>?
            var buffer = [CChar](repeating: 0, count: size)
            let status = unsafe getgrnam_r(name, &record, &buffer, buffer.count, &result)
            switch status {
            case 0, ENOENT, ESRCH:
                return unsafe result == nil ? nil : Group(name: name, groupID: record.gr_gid)
            case EINTR: continue
            case ERANGE: size *= 2
            default: throw SystemError("getgrnam_r", name, errorNumber: status)
            }
        }
    }
}
