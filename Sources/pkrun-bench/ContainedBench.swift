import CPkrunBench
import Glibc
import PkrunContainment
import PkrunSystem

/// Trees under the strongest mechanism, on a reactor of this thread.
final class ContainedBench {
    private let reactor: Reactor
    private let containment: any Containment
    private let null: OwnedDescriptor
    private let bench: String

    init() throws {
        reactor = try Reactor()
        let reaper = try Reaper(reactor: reactor, scope: .watchedChildren)
        containment = try ContainmentChain(reactor: reactor, reaper: reaper).select()
        null = try OwnedDescriptor.open("/dev/null", .readWrite)
        bench = try FileSystem.canonicalPath("/proc/self/exe")
    }

    var mechanism: String { containment.mechanism.rawValue }

    var offersCgroups: Bool { containment.mechanism == .cgroup }

    func close() { _ = containment.close() }

    func runAndWait() throws {
        let tree = try start(["/bin/true"], output: null.number)
        try waitUntilEmpty()
        tree.release()
    }

    func runAndCapture() throws {
        let output = try Pipe()
        let error = try Pipe()
        let tree = try start(["/bin/true"], output: output.writeEnd.number, error: error.writeEnd.number)
        let outputEnd = output.split { readEnd, _ in readEnd }
        let errorEnd = error.split { readEnd, _ in readEnd }
        _ = try outputEnd.borrowed.readAll()
        _ = try errorEnd.borrowed.readAll()
        try waitUntilEmpty()
        tree.release()
    }

    /// From the order to the news that nothing is left.
    func timeOfKill(of size: Int) throws -> Duration {
        let tree = try bear(size)
        let start = MonotonicClock.now
        try tree.kill()
        try waitUntilEmpty()
        let time = MonotonicClock.now - start
        tree.release()
        return time
    }

    /// From the write to `cgroup.kill` to the state in which nothing is left, which is asked for without pause.
    func timeOfKernelKill(of size: Int) throws -> Duration {
        let tree = try bear(size)
        let place = String(decoding: try FileSystem.contents(of: "/proc/\(tree.mainProcess)/cgroup"), as: UTF8.self)
        let mounts = String(decoding: try FileSystem.contents(of: "/proc/self/mountinfo"), as: UTF8.self)
        guard let path = CgroupLocation.directories(mountinfo: mounts, cgroup: place).first else { return .zero }
        let directory = try OwnedDescriptor.open(path, [.readOnly, .directory])
        let start = MonotonicClock.now
        try Bench.check(bench_kill_cgroup(directory.number))
        let time = MonotonicClock.now - start
        try waitUntilEmpty()
        tree.release()
        return time
    }

    /// From SIGTERM to a process that heeds it, to the news that its tree is empty.
    func timeOfEnd() throws -> Duration {
        let tree = try startSleeping()
        Self.waitUntilExecuted(tree.mainProcess)
        let start = MonotonicClock.now
        try tree.signal(SIGTERM, to: .tree)
        try waitUntilEmpty()
        let time = MonotonicClock.now - start
        tree.release()
        return time
    }

    /// From SIGKILL of an owner to the moment in which nobody holds the pipe that its tree has inherited.
    func timeOfOwnerDeath() throws -> Duration {
        let pipe = try Pipe()
        let owner = try start([bench, "own", "50"], output: pipe.writeEnd.number)
        let readEnd = pipe.split { readEnd, _ in readEnd }
        var byte: [UInt8] = [0]
        _ = try readEnd.borrowed.read(into: &byte)
        let start = MonotonicClock.now
        try owner.signal(SIGKILL, to: .main)
        _ = try readEnd.borrowed.readAll()
        let time = MonotonicClock.now - start
        try end(owner)
        return time
    }

    /// Becomes the owner of so many processes, which say that they are there.
    func own(_ count: Int) throws {
        let tree = try start([bench, "bear", "\(count)"], output: Descriptor.standardOutput.number)
        while true { try withExtendedLifetime(tree) { try reactor.wait(timeout: nil) } }
    }

    func startSleeping() throws -> any ProcessTree {
        try start(["/bin/sleep", "1000"], output: null.number)
    }

    func end(_ tree: any ProcessTree) throws {
        try tree.kill()
        while !tree.members().isEmpty { try reactor.wait(timeout: .milliseconds(1)) }
        tree.release()
    }

    /// A process that has not executed its program yet dies sooner.
    static func waitUntilExecuted(_ process: Int32) {
        while ProcessRecord(of: process)?.name != "sleep" { MonotonicClock.sleep(for: .microseconds(200)) }
        MonotonicClock.sleep(for: .milliseconds(2))
    }

    private var isEmpty = false

    private func bear(_ size: Int) throws -> any ProcessTree {
        let pipe = try Pipe()
        let tree = try start([bench, "bear", "\(size)"], output: pipe.writeEnd.number)
        var byte: [UInt8] = [0]
        _ = try pipe.readEnd.borrowed.read(into: &byte)
        return tree
    }

    private func start(_ arguments: [String], output: Int32, error: Int32? = nil) throws -> any ProcessTree {
        isEmpty = false
        let request = SpawnRequest(
            arguments: arguments,
            environment: nil,
            workingDirectory: "/",
            standardInput: null.number,
            standardOutput: output,
            standardError: error ?? null.number
        )
        return try containment.spawn(request) { [unowned self] event in
            switch event {
            case .emptied, .mainExited(_, _, treeIsEmpty: true): isEmpty = true
            case .mainExited, .escaped: break
            }
        }
    }

    private func waitUntilEmpty() throws {
        while !isEmpty { try reactor.wait(timeout: nil) }
    }
}
