extension DependencyCondition {
    /// Our own words, and those that compose and process-compose have for the same.
    init?(spelling: String) {
        switch spelling {
        case "started", "service_started", "process_started": self = .started
        case "healthy": self = .healthy
        case "ready", "service_healthy", "process_healthy", "process_log_ready": self = .ready
        case "succeeded", "service_completed_successfully", "process_completed_successfully": self = .succeeded
        case "completed", "process_completed": self = .completed
        case "failed": self = .failed
        default: return nil
        }
    }
}
