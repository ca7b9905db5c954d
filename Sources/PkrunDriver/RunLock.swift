import PkrunSystem

/// An exclusive flock(2) on a file that names its owner. It is gone with its last holder, however that one ends.
struct RunLock: ~Copyable {
    private let path: String
    private let file: OwnedDescriptor

    /// A dead owner's guardian still ends what it has left: so many tries, so far apart.
    private static let tries = 500
    /// After so many of them an owner that is alive is not just about to die.
    private static let triesForTheLiving = 30
    private static let pause = Duration.milliseconds(10)

    init(path: String) throws(StateDirectory.Failure) {
        self.path = path
        for attempts in 1...Self.tries {
            let attempt: Attempt
            do throws(SystemError) {
                attempt = try Self.attempt(path)
            } catch {
                throw .cannotCreate(error)
            }
            switch consume attempt {
            case .taken(let file):
                self.file = file
                return
            case .held(let owner):
                if attempts >= Self.triesForTheLiving, let owner, Self.isAlive(owner) {
                    throw .alreadyRunning(processID: owner)
                }
                MonotonicClock.sleep(for: Self.pause)
            case .removed:
                break
            }
        }
        throw .alreadyRunning(processID: nil)
    }

    deinit { try? FileSystem.removeFile(path) }

    var descriptor: Descriptor { file.borrowed }

    private static func isAlive(_ process: Int32) -> Bool {
        ProcessRecord(of: process).map { !$0.isZombie } ?? false
    }

    private enum Attempt: ~Copyable {
        case taken(OwnedDescriptor)
        /// By this process, where the file tells.
        case held(Int32?)
        /// Its last holder removed the file between our open and our lock.
        case removed
    }

    private static func attempt(_ path: String) throws(SystemError) -> Attempt {
        let file = try OwnedDescriptor.open(path, [.readWrite, .create], mode: 0o600)
        guard try file.borrowed.tryLock() else {
            let text = String(decoding: try file.borrowed.readAll(), as: UTF8.self)
            return .held(Int32(text.prefix { $0 != "\n" }))
        }
        guard let current = try? FileStatus(of: path), current.inode == (try FileStatus(of: file.borrowed)).inode else {
            return .removed
        }
        try file.borrowed.truncate(to: 0)
        try file.borrowed.writeAll("\(CurrentProcess.identifier)\n")
        return .taken(file)
    }
}
