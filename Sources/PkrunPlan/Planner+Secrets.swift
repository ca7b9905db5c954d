internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// Where secrets come from. Whether they are there is looked at; what they are is not kept.
    mutating func secrets() -> [SecretPlan] {
        manifest.secrets.compactMap { secret in
            let source: SecretPlan.Source
            switch secret.source {
            case .environment(let name): source = .environment(name.value)
            case .file(let path): source = .file(path.absolutePath)
            case .command(let command):
                return words(command, nil).map { SecretPlan(name: secret.name.value, source: .command($0)) }
            }
            let plan = SecretPlan(name: secret.name.value, source: source)
            if case .failure(let problem) = plan.value(on: host) {
                report(.missingSecret, "secret '\(plan.name)': \(problem.reason)", at: secret.place)
            }
            return plan
        }
    }
}

extension SecretPlan {
    package struct Problem: Error, Equatable {
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    /// The secret itself; of a file without the line break at its end. Commands are for others to run.
    package func value(on host: Host) -> Result<String, Problem> {
        switch source {
        case .environment(let name):
            guard let value = host.environment(name), !value.isEmpty else {
                return .failure(Problem(reason: "variable '\(name)' is not set, or empty"))
            }
            return .success(value)
        case .file(let path):
            switch host.readFile(path) {
            case .missing: return .failure(Problem(reason: "there is no \(path)"))
            case .unreadable(let reason): return .failure(Problem(reason: reason))
            case .bytes(let bytes): return Self.value(bytes)
            }
        case .command(let words):
            return .failure(Problem(reason: "'\(words[0])' has not been run"))
        }
    }

    package static func value(_ bytes: [UInt8]) -> Result<String, Problem> {
        let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        guard let text = String(validating: line, as: UTF8.self) else {
            return .failure(Problem(reason: "it is no UTF-8"))
        }
        if text.isEmpty { return .failure(Problem(reason: "there is nothing in it")) }
        return text.utf8.contains(0) ? .failure(Problem(reason: "there is a NUL in it")) : .success(text)
    }
}

extension ManifestSecret {
    /// Where its source is written.
    var place: SourceRange {
        switch source {
        case .environment(let name): name.range
        case .file(let path): path.range
        case .command(.script(let script)): script.range
        case .command(.words(let words)): words.range
        }
    }
}

extension Plan {
    /// Whether a job asks for the secret.
    package func needs(_ secret: SecretPlan) -> Bool {
        let reference = SecretReference.text(secret.name)
        return jobs.contains { job in job.environment.changes.contains { $0.value?.contains(reference) ?? false } }
    }
}
