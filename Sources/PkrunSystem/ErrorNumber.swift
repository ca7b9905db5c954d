internal import Glibc

/// The values of errno(3) that callers tell apart.
package enum ErrorNumber {
    /// EPERM
    package static var notPermitted: Int32 { EPERM }
    /// ENOENT
    package static var noEntry: Int32 { ENOENT }
    /// ESRCH
    package static var noProcess: Int32 { ESRCH }
    /// ENOEXEC
    package static var notExecutable: Int32 { ENOEXEC }
    /// EACCES
    package static var accessDenied: Int32 { EACCES }
    /// EBUSY
    package static var busy: Int32 { EBUSY }
    /// EEXIST
    package static var exists: Int32 { EEXIST }
    /// ENOTDIR
    package static var notDirectory: Int32 { ENOTDIR }
    /// EISDIR
    package static var isDirectory: Int32 { EISDIR }
    /// EINVAL
    package static var invalid: Int32 { EINVAL }
    /// ENOSPC
    package static var noSpace: Int32 { ENOSPC }
    /// EROFS
    package static var readOnly: Int32 { EROFS }
    /// EOPNOTSUPP
    package static var notSupported: Int32 { EOPNOTSUPP }
    /// EPIPE
    package static var brokenPipe: Int32 { EPIPE }
    /// ECHILD
    package static var noChild: Int32 { ECHILD }
}
