package import PkrunPlan

/// The exit codes of pkrun; sysexits(3), timeout(1) and the shell's 128+n.
package enum ExitCode {
    package static let success: Int32 = 0
    package static let jobFailed: Int32 = 1
    package static let usage: Int32 = 64
    package static let invalidManifest: Int32 = 65
    package static let unreadableManifest: Int32 = 66
    package static let containmentUnavailable: Int32 = 69
    package static let internalFault: Int32 = 70
    package static let cannotCreateRunDirectory: Int32 = 73
    package static let alreadyRunning: Int32 = 75
    package static let runTimeout: Int32 = 124

    package static func stopped(by signal: SignalNumber) -> Int32 { 128 + signal.rawValue }
}
