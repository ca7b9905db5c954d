package import PkrunPlan

/// A plan that takes the place of another in the middle of a run.
package struct PlanChange: Equatable, Sendable {
    /// Has the jobs of the old one in their places.
    package var plan: Plan
    /// The jobs that start anew.
    package var changed: [JobID]
    package var added: [JobID]
    package var removed: [JobID]

    package init(plan: Plan, changed: [JobID], added: [JobID], removed: [JobID]) {
        self.plan = plan
        self.changed = changed
        self.added = added
        self.removed = removed
    }
}
