package import PkrunContainment
import PkrunEvents
import PkrunPlan
package import PkrunSystem

/// A command that writes a secret. It runs before the run begins, in a tree of its own, with pkrun's own environment
/// and nothing on its standard input.
package struct SecretCommand {
    /// Somebody may have to touch a key first.
    package static let usualLimit = Duration.seconds(60)
    /// More than any key or token has, in bytes.
    private static let sizeLimit = 64 << 10

    private let job: JobPlan
    private let limit: Duration

    package struct Failure: Error, Equatable {
        package var reason: String
    }

    /// - Parameter directory: where it runs; absolute.
    package init(_ arguments: [String], directory: String, limit: Duration = usualLimit) {
        job = JobPlan(name: "", kind: .task, arguments: arguments, workingDirectory: directory)
        self.limit = limit
    }

    /// What it writes to its standard output, once its whole tree has ended.
    ///
    /// - Throws: what keeps it from being started, its status with the last line of its standard error unless that is
    ///   0, and that it takes too long or writes too much.
    package func output(in containment: any Containment, reactor: Reactor) throws(Failure) -> [UInt8] {
        var result: ProcessStatus?
        var timers = TimerQueue()
        var isLate = false
        do {
            let output = try CommandTail(reactor: reactor, limit: Self.sizeLimit + 1)
            let errors = try CommandTail(reactor: reactor)
            var environment = JobEnvironment(inherited: CurrentProcess.environment)
            let null = try OwnedDescriptor.open("/dev/null", .readOnly)
            let request = SpawnRequest(
                arguments: job.arguments,
                environment: environment.applying(EnvironmentOverlay(), workingDirectory: job.workingDirectory),
                workingDirectory: job.workingDirectory,
                standardInput: null.number,
                standardOutput: output.writer,
                standardError: errors.writer
            )
            let command = try RunningCommand(
                request,
                in: containment,
                after: { delay, work in _ = timers.schedule(at: MonotonicClock.now + delay, work) }
            ) { status, _ in result = status }
            output.begin()
            errors.begin()
            _ = timers.schedule(at: MonotonicClock.now + limit) {
                isLate = true
                command.stop()
            }
            while result == nil {
                while let work = timers.popDue(now: MonotonicClock.now) { work() }
                if result == nil { try reactor.wait(timeout: timers.nextDeadline().map { $0 - MonotonicClock.now }) }
            }
            let bytes = output.takeAll()
            if isLate { throw Failure(reason: "the command takes longer than \(limit.components.seconds) s") }
            try check(result, errors.finish())
            guard bytes.count <= Self.sizeLimit else { throw Failure(reason: "the command writes more than 64 KB") }
            return bytes
        } catch let failure as Failure {
            throw failure
        } catch let error as SpawnError {
            let failure = StartFailure(error, of: job)
            throw Failure(reason: "cannot \(failure.step) '\(failure.subject)': \(failure.message)")
        } catch {
            throw Failure(reason: "\(error)")
        }
    }

    private func check(_ status: ProcessStatus?, _ lastLine: String?) throws(Failure) {
        let line = lastLine.map { ": \($0)" } ?? ""
        switch status {
        case .exited(code: 0), nil: break
        case .exited(let code): throw Failure(reason: "the command exited with \(code)\(line)")
        case .signaled(let number, dumpedCore: _): throw Failure(reason: "the command ended by signal \(number)\(line)")
        }
    }
}
