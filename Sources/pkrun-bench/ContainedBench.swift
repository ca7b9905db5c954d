import CPkrunBench
import PkrunContainment
import PkrunSystem

/// Trees under the strongest mechanism, on a reactor of this thread.
final class ContainedBench {
    private let reactor: Reactor
    private let containment: any Containment
    private let null: OwnedDescriptor
    private let bench: String
    private let environment = CurrentProcess.environment

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
            environment: environment,
            workingDirectory: "/",
            standardInput: null.number,
            standardOutput: output,
            standardError: error ?? null.number
        )
        return try containment.spawn(request) { [unowned self] event in
            switch event {
            case .emptied, .mainExited(_, _, treeIsEmpty: true): isEmpty = true
            case .mainExited: break
            }
        }
    }

    private func waitUntilEmpty() throws {
        while !isEmpty { try reactor.wait(timeout: nil) }
    }
}
