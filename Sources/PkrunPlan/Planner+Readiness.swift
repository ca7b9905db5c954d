internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    mutating func readiness(of job: ManifestJob, _ shell: [String]?) -> Readiness {
        guard let written = job.readiness else { return Readiness() }
        checkStreams(of: job, written)
        var readiness = Readiness(probes: written.probes.compactMap { probe($0, shell) })
        if let timeout = positive(written.timeout) { readiness.timeout = timeout }
        if let interval = positive(written.interval) { readiness.interval = interval }
        readiness.retries = written.retries?.value
        return readiness
    }

    private mutating func checkStreams(of job: ManifestJob, _ readiness: ManifestReadiness) {
        guard let terminal = job.usesTerminal, terminal.value else { return }
        for case .line(_, stream: let stream?) in readiness.probes
        where stream.value != OutputStreamChoice.any.rawValue {
            report(
                .conflictingKeys,
                "a terminal does not tell the streams apart",
                at: stream.range,
                notes: [Diagnostic.Note("the job gets a terminal here", at: terminal.range)]
            )
        }
    }

    mutating func probe(_ probe: ManifestProbe, _ shell: [String]?) -> Probe? {
        switch probe {
        case .line(let pattern, let stream):
            let choice: OutputStreamChoice? = word(stream, "a stream")
            check(pattern)
            return .line(pattern: pattern.value, stream: choice ?? .any)
        case .tcp(let address):
            return endpoint(address).map { .tcp(host: $0.host, port: $0.port) }
        case .http(let url, let status, let headers):
            return http(url, status, headers).map(Probe.http)
        case .exec(let command):
            return words(command, shell).map(Probe.exec)
        case .port(let port):
            return UInt16(exactly: port.value).map(Probe.port)
        case .file(let path):
            return .file(path.absolutePath)
        case .notify(.descriptor(let number)):
            return .notify(.descriptor(Int32(number.value)))
        case .notify(.word(let word)):
            if word.value != "systemd" {
                report(
                    .invalidWord,
                    "'\(word.value)' is not a way to notify",
                    at: word.range,
                    hint: "systemd, or { fd: 3 }"
                )
            }
            return .notify(.systemd)
        case .delay(let delay):
            return .delay(delay.value)
        }
    }

    /// The compiler of patterns goes down one call for every bracket, and crashes at some thousands of them.
    private static let patternLimit = 1000

    /// Compiles the pattern, to see whether it can be.
    private mutating func check(_ pattern: Located<String>) {
        guard pattern.value.utf8.count <= Self.patternLimit else {
            report(.invalidPattern, "this pattern is longer than \(Self.patternLimit) bytes", at: pattern.range)
            return
        }
        // Most patterns are plain text, and compiling is not for nothing.
        guard pattern.value.utf8.contains(where: { #"\^$.|?*+()[]{}"#.utf8.contains($0) }) else { return }
        let problem: String?
        if let known = patterns[pattern.value] {
            problem = known
        } else {
            do {
                _ = try Regex(pattern.value)
                problem = nil
            } catch {
                problem = String(describing: error)
            }
            patterns[pattern.value] = .some(problem)
        }
        guard let problem else { return }
        report(
            .invalidPattern,
            "this is not a regular expression: \(problem)",
            at: pattern.range,
            hint: #"a '\' before a special character takes it literally"#
        )
    }

    private mutating func endpoint(_ text: Located<String>) -> Endpoint? {
        do throws(EndpointError) {
            return try Endpoint(parsing: text.value)
        } catch {
            report(error, text)
            return nil
        }
    }

    private mutating func http(
        _ url: Located<String>,
        _ status: Located<String>?,
        _ headers: [ManifestHeader]
    ) -> HTTPProbe? {
        let range = status.map { self.status($0) } ?? 200...399
        let headers = headers.compactMap { header($0) }
        do throws(EndpointError) {
            var probe = try HTTPProbe(parsing: url.value)
            probe.status = range
            probe.headers = headers
            return probe
        } catch {
            report(error, url)
            return nil
        }
    }

    private mutating func report(_ error: EndpointError, _ text: Located<String>) {
        let code: DiagnosticCode = error.isAboutURL ? .invalidURL : .invalidAddress
        report(code, "'\(text.value)': \(error.message)", at: text.range, hint: error.hint)
    }

    private mutating func status(_ text: Located<String>) -> ClosedRange<Int> {
        let bounds = text.value.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        let codes = 100...599
        if bounds.count <= 2, let lower = bounds.first ?? nil, let upper = bounds.last ?? nil,
            codes.contains(lower), codes.contains(upper), lower <= upper
        {
            return lower...upper
        }
        report(
            .invalidStatus,
            "'\(text.value)' is not an HTTP status",
            at: text.range,
            hint: "such as 200, or a range such as 200-299"
        )
        return codes
    }

    /// A field name is a token, a value has no control characters; RFC 9110, 5.1 and 5.5.
    private mutating func header(_ header: ManifestHeader) -> HTTPProbe.Header? {
        let name = header.name.value
        let isToken =
            !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"(),/:;<=>?@[\]{}""#.utf8.contains($0) }
        guard isToken else {
            report(
                .invalidHeader,
                "'\(name)' cannot be the name of a header",
                at: header.name.range,
                hint: "letters, digits and '-'"
            )
            return nil
        }
        guard header.value.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            report(.invalidHeader, "the value of '\(name)' has a control character", at: header.value.range)
            return nil
        }
        return HTTPProbe.Header(name: name, value: header.value.value)
    }
}
