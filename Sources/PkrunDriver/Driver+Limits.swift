import PkrunContainment
import PkrunEvents
import PkrunPlan

extension Driver {
    /// Makes the slice that an attempt is to run in; `nil` where nothing is limited.
    func slice(for job: JobID, _ plan: JobPlan, attempt: Int) throws(StartFailure) -> (any ResourceSlice)? {
        var limits = SliceLimits(plan.resources)
        var unkept: [UnkeptLimit] = []
        defer { if !unkept.isEmpty { report(.jobUnlimited(job, attempt: attempt, unkept)) } }
        while !limits.resources.isEmpty {
            do throws(LimitUnavailable) {
                return try containment.makeSlice(limits)
            } catch {
                guard plan.resources.enforcement == .bestEffort else { throw StartFailure(error) }
                unkept.append(UnkeptLimit(resource: error.resource.rawValue, reason: error.reason))
                limits.remove(error.resource)
            }
        }
        return nil
    }
}

extension SliceLimits {
    init(_ plan: PkrunPlan.ResourceLimits) {
        self.init(memory: plan.memory, processes: plan.processes, processors: plan.processors)
    }
}

extension LimitReceipt {
    init(_ report: SliceReport) {
        self.init(
            peakMemory: report.peakMemory,
            memoryKills: report.memoryKills,
            refusedProcesses: report.refusedProcesses
        )
    }
}
