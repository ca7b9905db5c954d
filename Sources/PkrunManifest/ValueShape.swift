internal import PkrunYAML

/// What may stand behind a key.
package enum ValueShape: Sendable {
    case text, optionalText, boolean, integer, number, duration
    case textList, integerList
    case command, environment, environmentFiles, dependencies
    case readiness, health, input, condition, signals, line, address, http, status, headers
    case stopLadder, stopStep, restart, retry, log, logDefaults, notify
    case size, mask, limits, limit, processors, resources, watch, secrets, secret
    case values, matrix, axis, extends, includes
    case job, jobs

    /// Completes "'key' must be …".
    package var expectation: String {
        switch self {
        case .text, .optionalText: "text"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .duration: "a duration such as 500ms, 10s or 1m30s"
        case .textList: "a list of words"
        case .integerList: "a list of whole numbers"
        case .command: "text, which the shell runs, or a list of words"
        case .environment: "a map of names to values, or a list of NAME=value"
        case .environmentFiles: "a path, or a list of paths"
        case .dependencies: "a list of jobs, or a map of jobs to conditions"
        case .readiness: "a map with line, tcp, port, http, exec, file, notify or delay"
        case .health: "a map with tcp, port, http, exec or file"
        case .input: "none or inherit, or a map with file or text"
        case .condition: "a comparison such as ${A} == b, or the words of a command"
        case .signals: "a map of signals to stop, kill, forward, ignore or reload"
        case .line: "a regular expression, or a map with pattern and stream"
        case .address: "a port, or host:port"
        case .http: "a URL, or a map with url, status and headers"
        case .status: "a status such as 200, or a range such as 200-299"
        case .headers: "a map of names to values"
        case .stopLadder: "a list of steps such as { signal: TERM, wait: 5s }"
        case .stopStep: "a map with signal or command"
        case .restart: "no, on-failure or always, or a map with policy, max and backoff"
        case .retry: "a whole number, or a map with max, delay and on"
        case .log: "a path, or a map with path, split and others"
        case .logDefaults: "a map with split, max_size, max_files and others"
        case .notify: "systemd, or a map with fd"
        case .size: "a size such as 512K, 64M or 2G"
        case .mask: "an octal number in quotes, such as \"022\""
        case .limits: "a map of limits such as nofile to values"
        case .limit: "a number, unlimited, or a map with soft and hard"
        case .processors: "the numbers of processors, such as 0-3,5"
        case .resources: "a map with cpus, memory and pids"
        case .watch: "a list of patterns, or a map with paths"
        case .secrets: "a map of names to maps with env, file or command"
        case .secret: "a map with env, file or command"
        case .values: "a map of names to values"
        case .matrix: "a map of names to lists of values"
        case .axis: "a list of one value or more"
        case .extends: "the name of a job, or a map with file and job"
        case .includes: "a path, or a list of paths"
        case .job: "a map of a job's keys"
        case .jobs: "a map of names to jobs"
        }
    }

    /// Whether a key with nothing behind it is the same as no key.
    var toleratesNull: Bool {
        switch self {
        case .optionalText, .environment, .environmentFiles, .dependencies, .values: true
        default: false
        }
    }

    func accepts(_ content: Node.Content) -> Bool {
        switch content {
        case .scalar: forms.contains(.scalar)
        case .sequence(let items): forms.contains(.sequence) && !(items.isEmpty && self == .axis)
        case .mapping: forms.contains(.mapping)
        }
    }

    private struct Forms: OptionSet {
        let rawValue: UInt8

        static let scalar = Forms(rawValue: 1)
        static let sequence = Forms(rawValue: 2)
        static let mapping = Forms(rawValue: 4)
    }

    private var forms: Forms {
        switch self {
        case .text, .optionalText, .boolean, .integer, .number, .duration, .address, .status, .size, .mask: .scalar
        case .textList, .integerList, .stopLadder, .axis: .sequence
        case .readiness, .health, .signals, .headers, .limits, .resources, .logDefaults, .stopStep, .secrets, .secret,
            .values, .matrix, .job, .jobs:
            .mapping
        case .command, .condition, .processors, .environmentFiles, .includes: [.scalar, .sequence]
        case .input, .line, .http, .notify, .restart, .retry, .log, .limit, .extends: [.scalar, .mapping]
        case .environment, .dependencies, .watch: [.sequence, .mapping]
        }
    }
}
