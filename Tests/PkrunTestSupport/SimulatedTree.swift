internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTeardown

/// The processes of one attempt as the world has them, and the machine that ends them.
struct SimulatedTree {
    let attempt: Int
    var teardown: Teardown
    /// How the main process ended, once it has.
    var status: ExitStatus?
    /// There are others than the main process.
    var hasOthers: Bool
    /// They were still there when the machine wanted to know.
    var leavesOthers = false
    /// How many of its processes the kernel has killed for want of memory, that of the job or of all.
    let memoryKills: Int
    /// What becomes of it when it is asked to end, or killed.
    let temper: Temper
    /// Which arming of the machine's timer counts.
    var arming = 0

    enum Temper {
        case obedient
        /// Only a kill ends it.
        case stubborn
        /// Not even that: state D of proc_pid_stat(5).
        case stuck
    }

    init(_ job: JobPlan, attempt: Int, using generator: inout SeededGenerator) {
        self.attempt = attempt
        teardown = Teardown(ladder: job.stop, leaks: job.leaks)
        hasOthers = generator.chance(10)
        memoryKills = generator.chance(20) ? 1 : 0
        temper = generator.chance(1) ? .stuck : generator.chance(10) ? .stubborn : .obedient
    }

    var isEmpty: Bool { status != nil && !hasOthers }

    func ending(_ end: TreeEnd) -> AttemptEnding {
        AttemptEnding(
            status: status ?? .signaled(.kill),
            leftBehind: leavesOthers ? [ProcessSummary(processID: 7, command: "sleep 9")] : [],
            receipt: TreeReceipt(
                end: end,
                survivors: end == .abandoned ? 1 : 0,
                limits: LimitReceipt(memoryKills: memoryKills)
            )
        )
    }
}
