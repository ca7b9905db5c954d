/// The keys at the top of a manifest.
package enum ManifestKey: String, CaseIterable, Sendable {
    case version, name, env
    case envFile = "env_file"
    case defaults, containment, timeout, concurrency
    case onFailure = "on_failure"
    case signals, jobs, vars, include, secrets, log

    package static let table = KeyTable<ManifestKey>(
        [
            .init(.version, .text),
            .init(.name, .text),
            .init(.jobs, .jobs, aliases: "processes", "services"),
            .init(.env, .environment, aliases: "environment"),
            .init(.envFile, .environmentFiles),
            .init(.defaults, .job),
            .init(.containment, .text),
            .init(.timeout, .duration),
            .init(.concurrency, .integer),
            .init(.onFailure, .text),
            .init(.signals, .signals),
            .init(.vars, .values),
            .init(.include, .includes),
            .init(.secrets, .secrets),
            .init(.log, .logDefaults),
        ]
    )
}
