internal import CPkrunLinux
internal import Glibc

/// Starts processes without copying this one; clone(2) with CLONE_VM and CLONE_VFORK.
@safe
package final class ProcessSpawner {
    /// The stack of a child until it executes its program, one child after the other.
    let stack: UnsafeMutableRawPointer
    /// RLIMIT_NOFILE as this process had it before it raised its own.
    private let openFiles: ResourceLimit?
    private let ignored: SignalSet

    /// - Parameters:
    ///   - openFiles: the limit of open files that children get, where it is not this process's own.
    ///   - ignored: the signals that this process may be ignoring when it starts a child, whose part they are not. To
    ///     know them spares each child 64 system calls (measured: 10 microseconds).
    package init(openFiles: OpenFilesLimit? = nil, ignored: SignalSet = .every) throws(SystemError) {
        self.ignored = ignored
        guard let stack = unsafe pkrun_stack_make() else { throw SystemError("mmap", errorNumber: errno) }
        unsafe self.stack = stack
        self.openFiles = openFiles?.limit
    }

    deinit { unsafe pkrun_stack_free(stack) }

    /// Returns when the child executes its program, or has failed to and is reaped.
    /// - Parameter limitFiles: `tasks` of the version 1 cgroups that it moves to before it executes its program.
    package func spawn(
        _ request: SpawnRequest,
        in place: Birthplace,
        limitedBy limitFiles: [Int32] = []
    ) -> SpawnResult {
        var result = pkrun_spawned()
        unsafe withRaw(request, place) { raw in
            unsafe limitFiles.withUnsafeBufferPointer { files in
                unsafe raw.pointee.limit_files = files.baseAddress
                unsafe raw.pointee.limit_file_count = files.count
                unsafe pkrun_spawn(raw, stack, &result)
            }
        }
        if result.pid > 0 { return .started(processID: result.pid, ProcessDescriptor(taking: result.pidfd)) }
        guard let step = SpawnStep(rawValue: result.step) else { return .killedAtBirth }
        return .failed(request.error(at: step, errorNumber: result.error))
    }

    func withRaw(_ request: SpawnRequest, _ place: Birthplace, _ body: (UnsafeMutablePointer<pkrun_spawn>) -> Void) {
        let arguments = CStringList(request.arguments)
        let environment = CStringList(request.environment)
        let candidates = CStringList(request.candidates)
        let groups = request.credentials?.groups ?? []
        let attributes = request.attributes
        let limits = limits(attributes)
        let processors = Self.mask(attributes.processors)
        var extra = request.extraDescriptors.sorted { $0.key < $1.key }
            .map { pkrun_descriptor(number: $0.key, source: $0.value) }
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
                            unsafe raw.terminal = request.terminal ?? -1
                            unsafe raw.leads_session = request.leadsSession ? 1 : 0
                            unsafe raw.cgroup = place.birthDirectory
                            unsafe raw.birth_socket = place.birthSocket
                            unsafe raw.join_file = place.joinFile
                            unsafe raw.file_mode_mask = attributes.fileModeMask.map { Int32($0) } ?? -1
                            unsafe raw.io_priority = attributes.ioPriority?.raw ?? -1
                            unsafe raw.limit_count = limits.count
                            unsafe raw.extra_count = extra.count
                            unsafe raw.processor_words = processors.count
                            unsafe limits.withUnsafeBufferPointer { limits in
                                unsafe processors.withUnsafeBufferPointer { processors in
                                    unsafe extra.withUnsafeMutableBufferPointer { extra in
                                        unsafe raw.limits = limits.baseAddress
                                        unsafe raw.processors = processors.isEmpty ? nil : processors.baseAddress
                                        unsafe raw.extra = extra.baseAddress
                                        unsafe withOptional(attributes.niceness) { niceness in
                                            unsafe withOptional(self.credentials(request.credentials, groups)) {
                                                credentials in
                                                unsafe raw.niceness = niceness
                                                unsafe raw.credentials = credentials
                                                unsafe body(&raw)
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func limits(_ attributes: ProcessAttributes) -> [pkrun_limit] {
        let isGiven = attributes.limits.contains { $0.resource == .nofile }
        return ((isGiven ? [] : [openFiles].compactMap(\.self)) + attributes.limits).map(\.raw)
    }

    /// A bit for each processor.
    private static func mask(_ processors: [Int]) -> [UInt64] {
        guard let last = processors.max() else { return [] }
        var words = [UInt64](repeating: 0, count: last / 64 + 1)
        for processor in processors { words[processor / 64] |= 1 << UInt64(processor % 64) }
        return words
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
