internal import CPkrunLinux
internal import Glibc

/// Starts processes without copying this one; clone(2) with CLONE_VM and CLONE_VFORK.
@safe
package final class ProcessSpawner {
    /// The stack of a child until it executes its program, one child after the other.
    let stack: UnsafeMutableRawPointer
    /// RLIMIT_NOFILE as this process had it before it raised its own.
    private let openFiles: rlimit?
    private let ignored: SignalSet

    /// - Parameters:
    ///   - openFiles: the limit of open files that children get, where it is not this process's own.
    ///   - ignored: the signals that this process may be ignoring when it starts a child, whose part they are not. To
    ///     know them spares each child 64 system calls (measured: 10 microseconds).
    package init(openFiles: OpenFilesLimit? = nil, ignored: SignalSet = .every) throws(SystemError) {
        self.ignored = ignored
        guard let stack = unsafe pkrun_stack_make() else { throw SystemError("mmap", errorNumber: errno) }
        unsafe self.stack = stack
        self.openFiles = openFiles?.raw
    }

    deinit { unsafe pkrun_stack_free(stack) }

    /// Returns when the child executes its program, or has failed to and is reaped.
    package func spawn(_ request: SpawnRequest, in place: Birthplace) -> SpawnResult {
        var result = pkrun_spawned()
        unsafe withRaw(request, place) { unsafe pkrun_spawn($0, stack, &result) }
        if result.pid > 0 { return .started(processID: result.pid, ProcessDescriptor(taking: result.pidfd)) }
        guard let step = SpawnStep(rawValue: result.step) else { return .killedAtBirth }
        return .failed(request.error(at: step, errorNumber: result.error))
    }

    func withRaw(_ request: SpawnRequest, _ place: Birthplace, _ body: (UnsafePointer<pkrun_spawn>) -> Void) {
        let arguments = CStringList(request.arguments)
        let environment = CStringList(request.environment)
        let candidates = CStringList(request.candidates)
        let groups = request.credentials?.groups ?? []
        unsafe arguments.withPointers { arguments in
            unsafe environment.withPointers { environment in
                unsafe candidates.withPointers { candidates in
                    unsafe request.workingDirectory.withCString { directory in
                        unsafe groups.withUnsafeBufferPointer { groups in
                            var raw = unsafe pkrun_spawn()
                            unsafe raw.arguments = arguments
                            unsafe raw.environment = environment
                            unsafe raw.candidates = candidates
                            unsafe raw.directory = directory
                            unsafe raw.streams = (
                                request.standardInput, request.standardOutput, request.standardError
                            )
                            unsafe raw.ignored = ignored.bits
                            unsafe raw.cgroup = place.birthDirectory
                            unsafe raw.birth_socket = place.birthSocket
                            unsafe raw.join_file = place.joinFile
                            unsafe withOptional(self.credentials(request.credentials, groups)) { credentials in
                                unsafe withOptional(openFiles) { openFiles in
                                    unsafe raw.credentials = credentials
                                    unsafe raw.open_files = openFiles
                                    unsafe body(&raw)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func credentials(
        _ request: SpawnRequest.Credentials?,
        _ groups: UnsafeBufferPointer<UInt32>
    ) -> pkrun_credentials? {
        unsafe request.map {
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
