import PkrunEvents
import PkrunPlan

extension RunOutcome {
    /// How the run went, for the environment of its `finally` tasks.
    func variables(in plan: Plan) -> [EnvironmentOverlay.Change] {
        [
            EnvironmentOverlay.Change("PKRUN_RUN_OUTCOME", word),
            EnvironmentOverlay.Change("PKRUN_EXIT_CODE", String(exitCode)),
            EnvironmentOverlay.Change(
                "PKRUN_FAILED_JOBS",
                failed.map { plan.jobs[$0.index].name }.joined(separator: " ")
            ),
        ]
    }

    private var word: String {
        switch stopReason {
        case .interrupted: "interrupted"
        case .timeout: "timeout"
        case .fault: "failed"
        case .failed: "failed"
        case .ended, nil: exitCode == ExitCode.success ? "succeeded" : "failed"
        }
    }
}
