import ArgumentParser
import PkrunContainment
import PkrunDiagnostics
import PkrunDriver
import PkrunEvents
import PkrunPlan
import PkrunSystem

extension Session {
    /// The values of the plan's secrets. A command is run only where a job asks for what it writes.
    ///
    /// - Throws: once what is wrong has been said at its place.
    func secrets(
        of plan: Plan,
        in containment: any Containment,
        reactor: Reactor
    ) throws -> [String: String] {
        try plan.secrets.reduce(into: [:]) { values, secret in
            var result = secret.value(on: .current)
            if case .command(let arguments) = secret.source {
                guard plan.needs(secret) else { return }
                result = Self.value(of: arguments, in: plan.directory, containment, reactor)
            }
            switch result {
            case .success(let value): values[secret.name] = value
            case .failure(let problem):
                let message = "secret '\(secret.name)': \(problem.reason)"
                let place = loaded.planning().secretPlaces[secret.name]
                loaded.say([Diagnostic(.missingSecret, message, at: place)])
                throw ArgumentParser.ExitCode(PkrunEvents.ExitCode.invalidManifest)
            }
        }
    }

    private static func value(
        of arguments: [String],
        in directory: String,
        _ containment: any Containment,
        _ reactor: Reactor
    ) -> Result<String, SecretPlan.Problem> {
        do throws(SecretCommand.Failure) {
            let command = SecretCommand(arguments, directory: directory)
            return SecretPlan.value(try command.output(in: containment, reactor: reactor))
        } catch {
            return .failure(SecretPlan.Problem(reason: error.reason))
        }
    }
}
