extension Probe {
    /// What the probe asks for, as short as the manifest says it.
    package var words: String {
        switch self {
        case .line(let pattern, let stream): "line '\(pattern)'" + (stream == .any ? "" : " on \(stream.rawValue)")
        case .tcp(let host, let port): "tcp \(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .port(let port): "port \(port)"
        case .http(let probe): "http \(probe.url)"
        case .exec(let arguments): "exec '\(arguments.joined(separator: " "))'"
        case .file(let path): "file \(path)"
        case .notify(.systemd): "notify systemd"
        case .notify(.descriptor(let number)): "notify fd \(number)"
        case .delay: "delay"
        }
    }
}
