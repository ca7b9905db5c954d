/// What everything in a slice together may use; `nil` is as much as there is.
package struct SliceLimits: Equatable, Sendable {
    /// In bytes, swapped-out memory included. Who goes beyond it is ended by the kernel.
    package var memory: UInt64?
    /// Processes and threads. What would be one more is not made: fork(2) fails with EAGAIN.
    package var processes: Int?
    /// Processor time per time: 1.5 is one processor and a half. Who has used it up waits.
    package var processors: Double?

    package init(memory: UInt64? = nil, processes: Int? = nil, processors: Double? = nil) {
        self.memory = memory
        self.processes = processes
        self.processors = processors
    }

    package mutating func remove(_ resource: LimitedResource) {
        switch resource {
        case .memory: memory = nil
        case .pids: processes = nil
        case .cpu: processors = nil
        }
    }

    /// What is limited.
    package var resources: [LimitedResource] {
        LimitedResource.allCases.filter {
            switch $0 {
            case .memory: memory != nil
            case .pids: processes != nil
            case .cpu: processors != nil
            }
        }
    }
}
