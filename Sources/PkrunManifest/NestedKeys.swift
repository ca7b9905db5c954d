// The keys of the maps inside a job, and of small ones elsewhere.

package enum IncludeKey: String, CaseIterable, Sendable {
    case path, profiles

    package static let table = KeyTable<IncludeKey>([.init(.path, .text), .init(.profiles, .textList)])
}

package enum ExtendsKey: String, CaseIterable, Sendable {
    case file, job

    package static let table = KeyTable<ExtendsKey>([.init(.file, .text), .init(.job, .text)])
}

package enum EnvironmentFileKey: String, CaseIterable, Sendable {
    case path, required

    package static let table = KeyTable<EnvironmentFileKey>(
        [.init(.path, .text), .init(.required, .boolean)],
        reserved: ["format"]
    )
}

package enum DependencyKey: String, CaseIterable, Sendable {
    case condition, required, restart

    package static let table = KeyTable<DependencyKey>(
        [.init(.condition, .text), .init(.required, .boolean), .init(.restart, .boolean)]
    )
}

package enum ReadinessKey: String, CaseIterable, Sendable {
    case line, tcp, port, http, exec, file, notify, delay, timeout, interval, retries

    package static let table = KeyTable<ReadinessKey>(
        [
            .init(.line, .line), .init(.tcp, .address), .init(.port, .integer), .init(.http, .http),
            .init(.exec, .command), .init(.file, .text), .init(.notify, .notify),
            .init(.delay, .duration), .init(.timeout, .duration), .init(.interval, .duration),
            .init(.retries, .integer),
        ]
    )
}

package enum HealthKey: String, CaseIterable, Sendable {
    case tcp, port, http, exec, file, interval, timeout, retries
    case startPeriod = "start_period"
    case onFailure = "on_failure"

    package static let table = KeyTable<HealthKey>(
        [
            .init(.tcp, .address), .init(.port, .integer), .init(.http, .http), .init(.exec, .command),
            .init(.file, .text), .init(.interval, .duration), .init(.timeout, .duration), .init(.retries, .integer),
            .init(.startPeriod, .duration), .init(.onFailure, .text),
        ]
    )
}

package enum InputKey: String, CaseIterable, Sendable {
    case file, text

    package static let table = KeyTable<InputKey>([.init(.file, .text), .init(.text, .text)])
}

package enum LineKey: String, CaseIterable, Sendable {
    case pattern, stream

    package static let table = KeyTable<LineKey>([.init(.pattern, .text), .init(.stream, .text)])
}

package enum NotifyKey: String, CaseIterable, Sendable {
    case fd

    package static let table = KeyTable<NotifyKey>([.init(.fd, .integer)])
}

package enum HTTPKey: String, CaseIterable, Sendable {
    case url, status, headers

    package static let table = KeyTable<HTTPKey>(
        [.init(.url, .text), .init(.status, .status), .init(.headers, .headers)]
    )
}

package enum StopStepKey: String, CaseIterable, Sendable {
    case signal, to, command, wait

    package static let table = KeyTable<StopStepKey>(
        [.init(.signal, .text), .init(.to, .text), .init(.command, .command), .init(.wait, .duration)]
    )
}

package enum RestartKey: String, CaseIterable, Sendable {
    case policy, max, backoff
    case backoffSeconds = "backoff_seconds"
    case maxBackoff = "max_backoff"
    case factor, window

    package static let table = KeyTable<RestartKey>(
        [
            .init(.policy, .text, aliases: "restart"), .init(.max, .integer, aliases: "max_restarts"),
            .init(.backoff, .duration), .init(.backoffSeconds, .number), .init(.maxBackoff, .duration),
            .init(.factor, .number), .init(.window, .duration),
        ]
    )
}

package enum RetryKey: String, CaseIterable, Sendable {
    case max, delay, on

    package static let table = KeyTable<RetryKey>(
        [.init(.max, .integer), .init(.delay, .duration), .init(.on, .textList)]
    )
}

package enum LogKey: String, CaseIterable, Sendable {
    case path, split
    case maxSize = "max_size"
    case maxFiles = "max_files"
    case timestamps, prefix, color

    package static let table = KeyTable<LogKey>(
        [
            .init(.path, .text), .init(.split, .boolean), .init(.maxSize, .size), .init(.maxFiles, .integer),
            .init(.timestamps, .boolean), .init(.prefix, .text), .init(.color, .text),
        ]
    )
}

package enum LimitKey: String, CaseIterable, Sendable {
    case soft, hard

    package static let table = KeyTable<LimitKey>([.init(.soft, .text), .init(.hard, .text)])
}

package enum ResourcesKey: String, CaseIterable, Sendable {
    case cpus, memory, pids, enforce

    package static let table = KeyTable<ResourcesKey>(
        [.init(.cpus, .number), .init(.memory, .size), .init(.pids, .integer), .init(.enforce, .text)]
    )
}

package enum WatchKey: String, CaseIterable, Sendable {
    case paths, ignore, debounce, action

    package static let table = KeyTable<WatchKey>(
        [.init(.paths, .textList), .init(.ignore, .textList), .init(.debounce, .duration), .init(.action, .text)]
    )
}

package enum SecretKey: String, CaseIterable, Sendable {
    case env, file, command

    package static let table = KeyTable<SecretKey>(
        [.init(.env, .text, aliases: "environment"), .init(.file, .text), .init(.command, .command)]
    )
}
