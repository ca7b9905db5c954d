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
    case line, tcp, port, http, exec, file, notify, delay, timeout, interval

    package static let table = KeyTable<ReadinessKey>(
        [
            .init(.line, .line), .init(.tcp, .address), .init(.port, .integer), .init(.http, .http),
            .init(.exec, .command), .init(.file, .text), .init(.notify, .text),
            .init(.delay, .duration), .init(.timeout, .duration), .init(.interval, .duration),
        ],
        reserved: ["retries"]
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
    case maxBackoff = "max_backoff"
    case factor, window

    package static let table = KeyTable<RestartKey>(
        [
            .init(.policy, .text), .init(.max, .integer), .init(.backoff, .duration), .init(.maxBackoff, .duration),
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

    package static let table = KeyTable<LogKey>(
        [.init(.path, .text), .init(.split, .boolean)],
        reserved: ["max_size", "max_files", "timestamps", "prefix", "color"]
    )
}
