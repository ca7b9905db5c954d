import PkrunEvents
package import PkrunSystem

/// `.pkrun`, where the runs of a directory's manifests leave their files, and the right to run one of them.
package final class StateDirectory {
    /// Absolute.
    package let path: String
    private let lock: RunLock
    /// Keeps the files of the run that is going on.
    private var runLock: OwnedDescriptor?

    package enum Failure: Error, Equatable {
        case cannotCreate(SystemError)
        /// Another pkrun runs this manifest; its process where the lock tells.
        case alreadyRunning(processID: Int32?)
    }

    /// Makes the directory where there is none, and takes the manifest's lock.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - manifestName: the manifest's file name; two manifests of one directory may run at the same time.
    package init(path: String, manifestName: String) throws(Failure) {
        self.path = path
        do throws(SystemError) {
            try Self.makePrivateDirectory(path)
            try Self.keepOutOfRepositories(path)
            try Self.makePrivateDirectory("\(path)/runs")
        } catch {
            throw .cannotCreate(error)
        }
        lock = try RunLock(path: "\(path)/\(manifestName).lock")
    }

    /// Held until this value goes. A guardian that inherits it keeps it until everything is gone.
    package var lockDescriptor: Descriptor { lock.descriptor }

    /// Makes the directory of a new run and points `latest` at it; removes the oldest ones.
    package func makeRun() throws(Failure) -> RunDirectory {
        do throws(SystemError) {
            return try make()
        } catch {
            throw .cannotCreate(error)
        }
    }

    private func make() throws(SystemError) -> RunDirectory {
        let run = RunDirectory(state: path, runID: RunID.make(at: Timestamp(microseconds: WallClock.microseconds)))
        try Self.makePrivateDirectory(run.path)
        runLock = try Self.hold(run.path)
        try Self.makePrivateDirectory("\(run.path)/logs")
        let temporary = "\(path)/.latest.\(CurrentProcess.identifier)"
        try? FileSystem.removeFile(temporary)
        try FileSystem.makeSymbolicLink(temporary, to: "runs/\(run.runID)")
        try FileSystem.rename(temporary, to: "\(path)/latest")
        removeOldRuns()
        return run
    }

    private static func makePrivateDirectory(_ path: String) throws(SystemError) {
        do throws(SystemError) {
            try FileSystem.makeDirectory(path, mode: 0o700)
        } catch {
            guard error.errorNumber == ErrorNumber.exists, try FileStatus(of: path).kind == .directory else {
                throw error
            }
        }
    }

    private static func keepOutOfRepositories(_ statePath: String) throws(SystemError) {
        let path = "\(statePath)/.gitignore"
        guard (try? FileStatus(of: path)) == nil else { return }
        let file = try OwnedDescriptor.open(path, [.writeOnly, .create], mode: 0o644)
        try file.borrowed.writeAll("*\n")
    }
}
