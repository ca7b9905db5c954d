/// The keys of a job.
package enum JobKey: String, CaseIterable, Sendable {
    case command, shell, kind, description
    case workingDirectory = "working_dir"
    case env
    case envFile = "env_file"
    case user, group
    case dependsOn = "depends_on"
    case ready
    case readyLogLine = "ready_log_line"
    case timeout
    case idleTimeout = "idle_timeout"
    case stop
    case stopSignal = "stop_signal"
    case stopGracePeriod = "stop_grace_period"
    case restart
    case successExitCodes = "success_exit_codes"
    case optional, leaks, log
    case finally, locks, retry, health, stdin
    case onlyIf = "if"
    case clearEnv = "clear_env"
    case extends, matrix, replicas, profiles, disabled, labels
    case args
    case timeoutMinutes = "timeout-minutes"
    case endsRun = "ends_run"
    case tty, umask, nice, ulimits, cpus, resources, watch

    package static let table = KeyTable<JobKey>(
        [
            .init(.command, .command, aliases: "run", "cmd", "entrypoint"),
            .init(.args, .textList),
            .init(.shell, .textList),
            .init(.kind, .text),
            .init(.description, .text),
            .init(.workingDirectory, .text, aliases: "cwd", "dir", "working-directory"),
            .init(.env, .environment, aliases: "environment"),
            .init(.envFile, .environmentFiles),
            .init(.user, .optionalText),
            .init(.group, .optionalText),
            .init(.dependsOn, .dependencies, aliases: "needs", "deps"),
            .init(.ready, .readiness, aliases: "readiness_probe"),
            .init(.readyLogLine, .line),
            .init(.timeout, .duration),
            .init(.timeoutMinutes, .number),
            .init(.idleTimeout, .duration),
            .init(.stop, .stopLadder),
            .init(.stopSignal, .text),
            .init(.stopGracePeriod, .duration),
            .init(.restart, .restart, aliases: "availability"),
            .init(.successExitCodes, .integerList),
            .init(.optional, .boolean, aliases: "continue-on-error"),
            .init(.endsRun, .text),
            .init(.leaks, .text),
            .init(.log, .log),
            .init(.finally, .boolean),
            .init(.locks, .textList),
            .init(.retry, .retry),
            .init(.health, .health, aliases: "healthcheck", "liveness_probe"),
            .init(.stdin, .input),
            .init(.onlyIf, .condition),
            .init(.clearEnv, .boolean),
            .init(.extends, .extends),
            .init(.matrix, .matrix),
            .init(.replicas, .integer),
            .init(.profiles, .textList),
            .init(.disabled, .boolean),
            .init(.labels, .values),
            .init(.tty, .boolean, aliases: "is_tty"),
            .init(.umask, .mask),
            .init(.nice, .integer),
            .init(.ulimits, .limits),
            .init(.cpus, .processors),
            .init(.resources, .resources),
            .init(.watch, .watch),
        ]
    )
}
