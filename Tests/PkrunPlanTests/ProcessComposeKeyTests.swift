import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// Every key of process-compose's schema (v1.122), with what becomes of it here. A key that the user would miss is a
/// warning at its place; one that only changes what process-compose itself shows is passed over in silence.
@Suite struct ProcessComposeKeyTests {
    enum Fate {
        /// Means the same here, but for what the note says.
        case honoured(String = "")
        /// About process-compose itself: its own log, its screen, its strictness.
        case silent
        /// Told at its place.
        case warned
    }

    /// Keys of the project, each with a value.
    static let project: [(key: String, fate: Fate)] = [
        ("version: '0.5'", .silent), ("name: shop", .honoured()), ("log_location: all.log", .warned),
        ("log_level: debug", .silent), ("log_length: 10", .silent), ("log_format: x", .silent),
        ("log_configuration: { no_color: true }", .silent), ("environment: [A=b]", .honoured()),
        ("shell: { shell_command: sh, shell_argument: -c }", .honoured("the elevated pair has no effect")),
        ("is_strict: true", .silent), ("vars: { A: b }", .honoured("the part of Go's templates that projects use")),
        ("disable_env_expansion: true", .honoured()), ("is_tui_disabled: true", .silent),
        ("extends: base.yaml", .honoured()), ("env_cmds: { A: date }", .warned),
        ("ordered_shutdown: true", .silent), ("is_dotenv_disabled: true", .silent),
        ("mcp_server: { port: 1 }", .warned),
    ]

    /// Keys of a process, each with a value.
    static let process: [(key: String, fate: Fate)] = [
        ("disabled: true", .honoured()), ("is_disabled: 'true'", .honoured()),
        ("is_daemon: true", .honoured("a shell stays for it until the shutdown command has run")),
        ("description: x", .honoured()), ("entrypoint: [a, b]", .honoured()), ("log_location: a.log", .honoured()),
        ("log_configuration: { disable_json: true }", .silent),
        ("log_configuration: { rotation: { max_size_mb: 1, max_backups: 2 } }", .honoured()),
        ("log_configuration: { rotation: { max_size_mb: 1, compress: true } }", .warned),
        ("log_configuration: { rotation: { max_size_mb: 1, max_age_days: 1 } }", .warned),
        ("environment: [A=b]", .honoured()), ("env_file: .env", .honoured()),
        ("availability: { restart: always, backoff_seconds: 2, max_restarts: 3 }", .honoured("pauses vary by 15 %")),
        ("availability: { restart: exit_on_failure }", .honoured("the exit code is 1")),
        ("availability: { exit_on_end: true }", .honoured("after a failure the exit code is 1")),
        ("availability: { exit_on_skipped: true }", .warned),
        ("depends_on: { b: { condition: process_started } }", .honoured()),
        ("readiness_probe: { exec: { command: x } }", .honoured("until it has passed, not on and on")),
        ("readiness_probe: { exec: { command: x, working_dir: y } }", .warned),
        ("readiness_probe: { http_get: { port: 1 } }", .honoured()),
        ("readiness_probe: { http_get: { port: 1, num_port: 1 } }", .warned),
        ("readiness_probe: { exec: { command: x }, success_threshold: 2 }", .warned),
        ("liveness_probe: { exec: { command: x } }", .honoured()), ("ready_log_line: x", .honoured()),
        ("shutdown: { command: x, timeout_seconds: 3 }", .honoured("then the whole tree is killed")),
        ("shutdown: { signal: 2, parent_only: true }", .honoured("10 s later the whole tree is killed")),
        ("shutdown: { send_keys: '<C-c>' }", .warned), ("disable_ansi_colors: true", .warned),
        ("working_dir: x", .honoured()), ("namespace: [a, b]", .honoured("a label")),
        ("replicas: 2", .honoured("named a.1, a.2; PC_REPLICA_NUM counts from 0")),
        ("vars: { A: b }", .honoured()), ("is_foreground: true", .warned), ("is_tty: true", .honoured()),
        ("is_elevated: true", .warned), ("is_interactive: true", .warned), ("launch_timeout_seconds: 1", .warned),
        ("is_dotenv_disabled: true", .honoured()), ("schedule: { interval: 1h }", .warned),
        ("schedule: { cron: '* * * * *', run_on_start: true }", .warned),
        ("watch: { paths: [{ path: src }], debounce: 1s, cascade: true }", .honoured()),
        ("watch: { paths: [{ path: src }], max_entries: 1 }", .warned), ("mcp: { type: tool }", .warned),
        ("truncate_log: true", .warned), ("is_template_disabled: true", .honoured()),
        ("monitor_for: silence", .warned), ("monitor_silence_threshold: 1", .warned),
        ("success_exit_codes: [3]", .honoured()), ("extends: b", .honoured()), ("comand: x", .warned),
    ]

    private func check(_ text: String, _ key: String, _ fate: Fate) {
        let host = Host.fake(files: ["/srv/base.yaml": "processes: { base: { command: x } }", "/srv/.env": ""])
        let planning = Planner.plan(
            Array(text.utf8),
            path: "process-compose.yaml",
            directory: "/srv",
            host: host
        )
        let errors = planning.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(key): \(DiagnosticRenderer().render(errors))")
        let start = text.firstRange(of: key).map { text[..<$0.lowerBound].unicodeScalars.count } ?? 0
        let warned = planning.diagnostics.contains { diagnostic in
            (start..<start + key.unicodeScalars.count).contains(diagnostic.range?.offsets.lowerBound ?? -1)
        }
        if case .warned = fate {
            #expect(warned, "\(key) is lost without a word")
        } else {
            #expect(planning.diagnostics.isEmpty, "\(key): \(DiagnosticRenderer().render(planning.diagnostics))")
        }
    }

    @Test func everyKeyOfAProjectIsHonouredOrTold() {
        for (key, fate) in Self.project {
            check("\(key)\nprocesses: { a: { command: x } }\n", key, fate)
        }
    }

    @Test func everyKeyOfAProcessIsHonouredOrTold() {
        for (key, fate) in Self.process {
            let command = key.hasPrefix("entrypoint") ? "" : "    command: x\n"
            check("processes:\n  a:\n\(command)    \(key)\n  b: { command: x }\n", key, fate)
        }
    }
}
