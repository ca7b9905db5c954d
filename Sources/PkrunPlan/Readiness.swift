/// The probes that must all pass before a service counts as ready.
package struct Readiness: Equatable, Sendable {
    package var probes: [Probe]
    /// Longest time from the start of the process to readiness.
    package var timeout: Duration
    /// Pause between two tries of a probe that has to be repeated (`tcp`, `port`, `http`, `exec`, `file`).
    package var interval: Duration
    /// So many tries of such a probe may fail after the first; `nil` goes on until the time is over.
    package var retries: Int?

    package init(
        probes: [Probe] = [],
        timeout: Duration = .seconds(60),
        interval: Duration = .milliseconds(100),
        retries: Int? = nil
    ) {
        self.probes = probes
        self.timeout = timeout
        self.interval = interval
        self.retries = retries
    }
}

package enum Probe: Equatable, Sendable {
    /// A line of output matches a regular expression, ANSI codes removed.
    case line(pattern: String, stream: OutputStreamChoice)
    /// A TCP connection is accepted. The host is a numeric address.
    case tcp(host: String, port: UInt16)
    /// A process of the job's own tree listens on this TCP port. That somebody else does fails the job at once.
    case port(UInt16)
    case http(HTTPProbe)
    /// A command exits with 0.
    case exec([String])
    /// There is such a file, of any kind. An absolute path.
    case file(String)
    /// The job says so.
    case notify(NotifyProtocol)
    /// So much time has passed since the start.
    case delay(Duration)
}

/// How a job itself tells that it is ready.
package enum NotifyProtocol: Hashable, Sendable {
    /// `READY=1` in a datagram to the socket that `NOTIFY_SOCKET` names; sd_notify(3).
    case systemd
    /// A newline on this descriptor of its own, as services of s6 do.
    case descriptor(Int32)
}

package enum OutputStreamChoice: String, CaseIterable, Sendable {
    case stdout, stderr, any
}

/// A plain HTTP/1.1 GET whose status must lie in a range.
package struct HTTPProbe: Equatable, Sendable {
    /// The URL as written, for messages.
    package var url: String
    /// A numeric address.
    package var host: String
    package var port: UInt16
    /// Path and query, beginning with a slash.
    package var target: String
    /// The `Host` header.
    package var authority: String
    package var status: ClosedRange<Int>
    package var headers: [Header]

    package struct Header: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        url: String,
        host: String,
        port: UInt16,
        target: String,
        authority: String,
        status: ClosedRange<Int> = 200...399,
        headers: [Header] = []
    ) {
        self.url = url
        self.host = host
        self.port = port
        self.target = target
        self.authority = authority
        self.status = status
        self.headers = headers
    }
}
