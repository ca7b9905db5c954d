/// What all processes of a job together may use; `nil` is as much as there is.
package struct ResourceLimits: Equatable, Sendable {
    /// Processor time per time: 1.5 is one processor and a half.
    package var processors: Double?
    /// In bytes.
    package var memory: UInt64?
    package var processes: Int?
    package var enforcement: Enforcement

    /// What happens where a limit cannot be kept.
    package enum Enforcement: String, CaseIterable, Sendable {
        /// The job does not start.
        case required
        /// The job starts without it, and it is told.
        case bestEffort = "best-effort"
    }

    package init(
        processors: Double? = nil,
        memory: UInt64? = nil,
        processes: Int? = nil,
        enforcement: Enforcement = .required
    ) {
        self.processors = processors
        self.memory = memory
        self.processes = processes
        self.enforcement = enforcement
    }

    package var isEmpty: Bool { processors == nil && memory == nil && processes == nil }
}
