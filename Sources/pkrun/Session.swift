import ArgumentParser
import PkrunContainment
import PkrunDriver
import PkrunEvents
import PkrunPlan
import PkrunSystem

/// From a manifest to a run and its exit code.
struct Session {
    private let manifest: ManifestOptions
    let loaded: LoadedManifest
    private let arguments: RunArguments
    private let color: Bool

    init(_ manifest: ManifestOptions, _ arguments: RunArguments) throws {
        self.manifest = manifest
        loaded = try LoadedManifest(manifest)
        self.arguments = arguments
        color = manifest.appearance.color.applies(to: .standardOutput)
    }

    func up(_ jobs: [String], _ options: UpArguments) throws {
        let prepare = { (plan: inout Plan) in
            if options.noWatch { plan.stopWatching() }
        }
        let plan = try plan(jobs, of: loaded, prepare)
        let reference = try options.exitCodeFrom.map { try job(named: $0, in: plan) }
        let result = try execute(plan, output: options.quiet ? .none : .prefixed) {
            try self.plan(jobs, of: LoadedManifest(manifest), prepare)
        }
        throw ArgumentParser.ExitCode(reference.map(result.exitCode) ?? result.outcome.exitCode)
    }

    func run(_ name: String, adding words: [String]) throws {
        let prepare = { (plan: inout Plan) in
            plan.jobs[try job(named: name, in: plan).index].append(words)
            plan.stopWatching()
        }
        let plan = try plan([name], of: loaded, prepare)
        let result = try execute(plan, output: .goal) { try self.plan([name], of: LoadedManifest(manifest), prepare) }
        throw ArgumentParser.ExitCode(result.exitCode(of: try job(named: name, in: plan)))
    }

    private func plan(
        _ jobs: [String],
        of loaded: LoadedManifest,
        _ prepare: (inout Plan) throws -> Void
    ) throws -> Plan {
        var plan = try loaded.plan(jobs, keepGoing: arguments.keepGoing)
        try prepare(&plan)
        return plan
    }

    /// What a run of one plan goes on with when the manifest is read again; `nil`, and a word on why, where that cannot
    /// be.
    private func successor(of plan: Plan, _ read: () throws -> Plan) -> Plan? {
        do {
            return try plan.continued(as: try read())
        } catch let failure as CommandFailure {
            StandardError.write("pkrun: error: \(failure.message)\n")
        } catch let setting as Plan.FixedSetting {
            StandardError.write("pkrun: error: '\(setting.rawValue)' cannot change while pkrun runs\n")
        } catch {
            // What is wrong with the manifest has been said.
        }
        StandardError.write("pkrun: the run goes on as it is\n")
        return nil
    }

    private func job(named name: String, in plan: Plan) throws -> JobID {
        if let index = plan.jobs.firstIndex(where: { $0.name == name }) { return JobID(index) }
        let copies = plan.jobs.indices.filter { plan.jobs[$0].name.hasPrefix("\(name).") }
        if copies.count == 1 { return JobID(copies[0]) }
        let names = copies.prefix(5).map { plan.jobs[$0].name } + (copies.count > 5 ? ["…"] : [])
        throw CommandFailure(
            copies.isEmpty
                ? "'\(name)' is none of the jobs that this run has"
                : "'\(name)' has \(copies.count) copies: say which of \(names.joined(separator: ", "))",
            PkrunEvents.ExitCode.usage
        )
    }

    /// - Parameter read: reads the manifest again.
    private func execute(
        _ plan: Plan,
        output: RunOptions.Output,
        read: @escaping () throws -> Plan
    ) throws -> RunResult {
        let statePath = try arguments.stateDir.map(absolute) ?? "\(loaded.file.directory)/.pkrun"
        do {
            let state = try StateDirectory(path: statePath, manifestName: loaded.file.name)
            CurrentProcess.ignoreBrokenPipes()
            CurrentProcess.takeShortTurns()
            let reactor = try Reactor()
            let reaper = try Reaper(reactor: reactor)
            let chain = ContainmentChain(
                reactor: reactor,
                reaper: reaper,
                openFiles: OpenFilesLimit.raise(),
                holding: state.lockDescriptor
            )
            let containment = try chain.select(plan.containment.mechanism)
            let secrets: [String: String]
            do {
                try containment.check(limitsOf: plan)
                secrets = try self.secrets(of: plan, in: containment, reactor: reactor)
            } catch {
                _ = containment.close()
                throw error
            }
            let driver = try Driver(
                plan: plan,
                options: RunOptions(
                    manifestPath: loaded.file.absolutePath,
                    output: output,
                    color: color,
                    secrets: secrets
                ),
                directory: try state.makeRun(),
                containment: containment,
                reactor: reactor
            )
            driver.replan = { successor(of: $0, read) }
            let signals = try SignalSource(Self.heard(by: plan), reactor: reactor) { signal, _ in
                SignalNumber(rawValue: signal).map(driver.receive)
            }
            let result = try withExtendedLifetime((signals, state)) { try driver.run() }
            if let fault = result.fault { throw fault }
            return result
        } catch let failure as StateDirectory.Failure {
            throw explanation(of: failure, in: statePath)
        } catch let refusal as ContainmentUnavailable {
            throw CommandFailure(refusal.explanation, PkrunEvents.ExitCode.containmentUnavailable)
        } catch let error as SystemError {
            throw CommandFailure("\(error)", PkrunEvents.ExitCode.internalFault)
        }
    }

    /// Who starts pkrun with nohup(1) wants it to go on when the terminal is closed.
    private static func heard(by plan: Plan) -> [Int32] {
        let hangUp = SignalNumber.hup
        let isUnheard = CurrentProcess.ignores(hangUp.rawValue) && plan.signals[hangUp] == Plan.usualSignals[hangUp]
        return plan.signals.keys.filter { !isUnheard || $0 != hangUp }.map(\.rawValue)
    }

    private func explanation(of failure: StateDirectory.Failure, in path: String) -> CommandFailure {
        switch failure {
        case .cannotCreate(let cause):
            CommandFailure(
                "cannot make the directory of the run in '\(path)': \(cause); --state-dir puts it elsewhere",
                PkrunEvents.ExitCode.cannotCreateRunDirectory
            )
        case .alreadyRunning(let process):
            CommandFailure(
                "\(loaded.file.path) is already running\(process.map { " (pid \($0))" } ?? ""); "
                    + "--state-dir lets it run a second time",
                PkrunEvents.ExitCode.alreadyRunning
            )
        }
    }

    private func absolute(_ path: String) throws -> String {
        path.hasPrefix("/") ? path : "\(try FileSystem.workingDirectory())/\(path)"
    }
}

extension ContainmentDemand {
    /// `nil` leaves the choice to the host.
    fileprivate var mechanism: Mechanism? {
        switch self {
        case .auto: nil
        case .cgroup: .cgroup
        case .pidNamespace: .pidNamespace
        case .subreaper: .subreaper
        }
    }
}

extension ContainmentUnavailable {
    fileprivate var explanation: String {
        let wanted = demand.map { "containment '\($0.rawValue)' is" } ?? "no containment is"
        let reasons = obstacles.map { "\n  \($0.mechanism.rawValue): \($0.reason); \($0.remedy)" }
        return "\(wanted) not to be had here\(reasons.joined())"
    }
}
