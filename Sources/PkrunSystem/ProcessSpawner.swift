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
    private let opensDescriptors: Bool
    /// Looked up once: who has no controlling terminal does not come by one unless it asks.
    private let hasTerminal = pkrun_has_terminal()
    private let memory = CMemory()
    private let stage: DescriptorStage

    /// - Parameters:
    ///   - openFiles: the limit of open files that children get, where it is not this process's own.
    ///   - ignored: the signals that this process may be ignoring when it starts a child, whose part they are not. To
    ///     know them spares each child 64 system calls (measured: 10 microseconds).
    ///   - opensDescriptors: whether each child comes with a descriptor of it. Who reaps all children of this process itself
    ///     needs none: until then nobody else has their number. (Measured: 7 microseconds of a start.)
    package init(
        openFiles: OpenFilesLimit? = nil,
        ignored: SignalSet = .every,
        opensDescriptors: Bool = true
    ) throws(SystemError) {
        self.ignored = ignored
        self.opensDescriptors = opensDescriptors
        stage = try DescriptorStage()
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
        defer { memory.forget() }
        var raw = unsafe raw(request, place, in: memory)
        unsafe raw.stage = UnsafePointer(memory.copy(stage.numbers))
        unsafe raw.limit_files = UnsafePointer(memory.copy(limitFiles))
        unsafe raw.limit_file_count = limitFiles.count
        unsafe pkrun_spawn(&raw, stack, &result)
        if result.pid > 0 {
            let descriptor = result.pidfd >= 0 ? ProcessDescriptor(taking: result.pidfd) : nil
            return .started(processID: result.pid, descriptor)
        }
        guard let step = SpawnStep(rawValue: result.step) else { return .killedAtBirth }
        return .failed(request.error(at: step, errorNumber: result.error))
    }

    /// - Parameter memory: what the request points to lives as long as this.
    func raw(_ request: SpawnRequest, _ place: Birthplace, in memory: CMemory) -> pkrun_spawn {
        let attributes = request.attributes
        let limits = limits(attributes)
        let processors = Self.mask(attributes.processors)
        let extra = request.extraDescriptors.sorted { $0.key < $1.key }
            .map { pkrun_descriptor(number: $0.key, source: $0.value) }
        var raw = unsafe pkrun_spawn()
        unsafe raw.arguments = memory.copy(list: request.arguments)
        unsafe raw.environment =
            request.environment.map { unsafe memory.copy(list: $0) } ?? CurrentProcess.rawEnvironment
        unsafe raw.candidates = memory.copy(list: request.candidates)
        unsafe raw.directory = request.workingDirectory.flatMap { unsafe memory.copy($0) }
        unsafe raw.streams = (request.standardInput, request.standardOutput, request.standardError)
        unsafe raw.extra = memory.copy(extra)
        unsafe raw.extra_count = extra.count
        unsafe raw.ignored = ignored.bits
        unsafe raw.terminal = request.terminal ?? -1
        unsafe raw.has_own_terminal = hasTerminal
        unsafe raw.leads_session = request.leadsSession ? 1 : 0
        unsafe raw.wants_pidfd = opensDescriptors ? 1 : 0
        unsafe raw.cgroup = place.birthDirectory
        unsafe raw.birth_socket = place.birthSocket
        unsafe raw.join_file = place.joinFile
        unsafe raw.credentials = request.credentials.map { unsafe UnsafePointer(credentials($0, in: memory)) }
        unsafe raw.limits = UnsafePointer(memory.copy(limits))
        unsafe raw.limit_count = limits.count
        unsafe raw.file_mode_mask = attributes.fileModeMask.map { Int32($0) } ?? -1
        unsafe raw.niceness = attributes.niceness.map { unsafe UnsafePointer(memory.copy($0)) }
        unsafe raw.io_priority = attributes.ioPriority?.raw ?? -1
        unsafe raw.processors = UnsafePointer(memory.copy(processors))
        unsafe raw.processor_words = processors.count
        return unsafe raw
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
        _ credentials: SpawnRequest.Credentials,
        in memory: CMemory
    ) -> UnsafeMutablePointer<pkrun_credentials> {
        unsafe memory.copy(
            pkrun_credentials(
                user: credentials.userID,
                group: credentials.groupID,
                group_count: credentials.groups.count,
                groups: UnsafePointer(memory.copy(credentials.groups))
            )
        )
    }
}
