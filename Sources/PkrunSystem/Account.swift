internal import Glibc

/// A user of this system, as passwd(5) and the name services know it.
package struct Account: Equatable, Sendable {
    package var name: String
    package var userID: UInt32
    /// The primary group.
    package var groupID: UInt32
    package var homeDirectory: String
    package var shell: String
}

extension Account {
    /// getpwnam_r(3)
    /// - Returns: `nil` where there is no such user.
    package static func named(_ name: String) throws(SystemError) -> Account? {
        try unsafe lookUp("getpwnam_r", name) { record, buffer, result in
            unsafe getpwnam_r(name, &record, &buffer, buffer.count, &result)
        }
    }

    /// getpwuid_r(3)
    /// - Returns: `nil` where no user has that number.
    package static func numbered(_ userID: UInt32) throws(SystemError) -> Account? {
        try unsafe lookUp("getpwuid_r", "\(userID)") { record, buffer, result in
            unsafe getpwuid_r(userID, &record, &buffer, buffer.count, &result)
        }
    }

    /// Every group that the user is in, `primary` included; getgrouplist(3).
    package func groups(primary: UInt32) -> [UInt32] {
        var count: Int32 = 64
        while true {
            var groups = [gid_t](repeating: 0, count: Int(count))
            let capacity = count
            if unsafe getgrouplist(name, primary, &groups, &count) >= 0 { return Array(groups.prefix(Int(count))) }
            // Older libraries do not say how many there are.
            if count <= capacity { count = capacity * 2 }
        }
    }

    private static func lookUp(
        _ call: String,
        _ subject: String,
        _ body: (inout passwd, inout [CChar], inout UnsafeMutablePointer<passwd>?) -> Int32
    ) throws(SystemError) -> Account? {
        var size = 4096
        while true {
            var record = unsafe passwd()
            var result: UnsafeMutablePointer<passwd>?
            var buffer = [CChar](repeating: 0, count: size)
            let status = unsafe body(&record, &buffer, &result)
            switch status {
            case 0, ENOENT, ESRCH: return unsafe result == nil ? nil : Account(record)
            case EINTR: continue
            case ERANGE: size *= 2
            default: throw SystemError(call, subject, errorNumber: status)
            }
        }
    }

    private init(_ record: passwd) {
        name = unsafe String(cString: record.pw_name)
        userID = unsafe record.pw_uid
        groupID = unsafe record.pw_gid
        homeDirectory = unsafe String(cString: record.pw_dir)
        shell = unsafe String(cString: record.pw_shell)
    }
}
