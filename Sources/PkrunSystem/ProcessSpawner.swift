internal import CPkrunLinux
internal import Glibc

/// Starts processes without copying this one; clone(2) with CLONE_VM and CLONE_VFORK.
@safe
package final class ProcessSpawner {
    /// The stack of a child until it executes its program, one child after the other.
    let stack: UnsafeMutableRawPointer
    /// RLIMIT_NOFILE as this process had it before it raised its own.
    private let openFiles: rlimit?

    /// - Parameter openFiles: the limit of open files that children get, where it is not this process's own.
    package init(openFiles: OpenFilesLimit? = nil) throws(SystemError) {
        guard let stack = unsafe pkrun_stack_make() else { throw SystemError("mmap", errorNumber: errno) }
        unsafe self.stack = stack
        self.openFiles = openFiles?.raw
    }

    deinit { unsafe pkrun_stack_free(stack) }

    /// Returns when the child executes its program, or has failed to and is reaped.
    package func spawn(_ launch: ProcessLaunch, in place: Birthplace) -> LaunchResult {
        var result = pkrun_spawned()
        unsafe withRequest(launch, place) { unsafe pkrun_spawn($0, stack, &result) }
        if result.pid > 0 { return .started(processID: result.pid, ProcessDescriptor(taking: result.pidfd)) }
        if result.step == 0 { return .killedAtBirth }
        return .failed(LaunchFailure(step: result.step, errorNumber: result.error))
    }

    func withRequest(_ launch: ProcessLaunch, _ place: Birthplace, _ body: (UnsafePointer<pkrun_spawn>) -> Void) {
        let arguments = CStringList(launch.arguments)
        let environment = CStringList(launch.environment)
        let candidates = CStringList(launch.candidates)
        let groups = launch.identity?.groups ?? []
        unsafe arguments.withPointers { arguments in
            unsafe environment.withPointers { environment in
                unsafe candidates.withPointers { candidates in
                    unsafe launch.directory.withCString { directory in
                        unsafe groups.withUnsafeBufferPointer { groups in
                            var request = unsafe pkrun_spawn()
                            unsafe request.arguments = arguments
                            unsafe request.environment = environment
                            unsafe request.candidates = candidates
                            unsafe request.directory = directory
                            unsafe request.streams = (launch.streams.input, launch.streams.output, launch.streams.error)
                            unsafe request.cgroup = place.birthDirectory
                            unsafe request.join_file = place.joinFile
                            unsafe withOptional(credentials(launch.identity, groups)) { credentials in
                                unsafe withOptional(openFiles) { openFiles in
                                    unsafe request.credentials = credentials
                                    unsafe request.open_files = openFiles
                                    unsafe body(&request)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func credentials(
        _ identity: ProcessLaunch.Identity?,
        _ groups: UnsafeBufferPointer<UInt32>
    ) -> pkrun_credentials? {
        unsafe identity.map {
            unsafe pkrun_credentials(
                user: $0.userID,
                group: $0.groupID,
                group_count: groups.count,
                groups: groups.baseAddress
            )
        }
    }

    private func withOptional<Value>(_ value: Value?, _ body: (UnsafePointer<Value>?) -> Void) {
        guard var value else { return body(nil) }
        unsafe withUnsafePointer(to: &value) { unsafe body($0) }
    }
}

extension Birthplace {
    fileprivate var birthDirectory: Int32 {
        guard case .cgroup(let directory) = self else { return -1 }
        return directory.number
    }

    fileprivate var joinFile: Int32 {
        guard case .joining(let file) = self else { return -1 }
        return file.number
    }
}
