internal import PkrunContainment
internal import PkrunSystem

/// `pkrun-test-owner MECHANISM SCENARIO [SCRIPT]`: a process that owns trees and does nothing else.
@main
struct TestOwner {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 2, let mechanism = Mechanism(rawValue: arguments[1]) else {
            throw SystemError("main", "arguments", errorNumber: ErrorNumber.invalid)
        }
        let openFiles = OpenFilesLimit.raise()
        let reactor = try Reactor()
        let reaper = try Reaper(reactor: reactor)
        let chain = ContainmentChain(reactor: reactor, reaper: reaper, openFiles: openFiles)
        let owner = TestOwner(reactor: reactor, containment: try chain.select(mechanism))
        switch arguments[2] {
        case "confine": try owner.confine(arguments[3])
        case "hand down": try owner.handDown(arguments[3])
        case "limit": try owner.limit(arguments[3])
        case "leave": try owner.leave(arguments[3])
        case "keep": try owner.keep(arguments[3])
        case "hail": try owner.hail(arguments[3])
        case "count": try owner.count(arguments[3])
        case "many": try owner.many(arguments[3])
        case "close": try owner.close(arguments[3])
        default: throw SystemError("main", arguments[2], errorNumber: ErrorNumber.invalid)
        }
    }

    private let reactor: Reactor
    private let containment: any Containment

    /// One tree, which may write; its events are printed. Runs until it is killed.
    private func keep(_ script: String) throws {
        let tree = try containment.spawn(request(script)) { Self.report($0) }
        while true { try withExtendedLifetime(tree) { try reactor.wait(timeout: nil) } }
    }

    /// One tree that may have so many processes and no more; the end when told, and what that has left.
    private func confine(_ script: String) throws {
        let slice = try containment.makeSlice(SliceLimits(memory: 1 << 30, processes: 200, processors: 1))
        let tree = try slice.spawn(request(script)) { _ in }
        var isTold = false
        let input = try reactor.register(0, .read) { isTold = true }
        while !isTold { try reactor.wait(timeout: nil) }
        reactor.cancel(input)
        print("survivors \(withExtendedLifetime((slice, tree)) { containment.close() })")
    }

    /// Has its cgroup hand a controller down, and undoes that when told. A guardian stands by.
    private func handDown(_ controller: String) throws {
        let texts = try ["/proc/self/mountinfo", "/proc/self/cgroup"].map {
            String(decoding: try FileSystem.contents(of: $0), as: UTF8.self)
        }
        let path = CgroupLocation.directories(mountinfo: texts[0], cgroup: texts[1]).first
        guard let path else { throw SystemError("open", "cgroup", errorNumber: ErrorNumber.noEntry) }
        let base = try OwnedDescriptor.open(path, [.readOnly, .directory])
        try FileSystem.makeDirectory("run", in: base.borrowed)
        let run = try OwnedDescriptor.open("run", [.readOnly, .directory], in: base.borrowed)
        let pipe = try Pipe()
        let guardian = try Guardian.ofCgroup(
            directory: run.borrowed,
            name: "run",
            parent: base.borrowed,
            home: CgroupHome.name(ofRun: "run"),
            limitDirectories: [],
            owner: try ProcessDescriptor(of: CurrentProcess.identifier),
            control: pipe.readEnd.borrowed,
            holding: nil
        )
        let controllers = UnifiedControllers(base: base.borrowed, run: run.borrowed, runName: "run")
        do {
            try controllers.enable(controller, movingWith: guardian.processID)
            try Descriptor.standardOutput.writeAll("enabled\n")
        } catch {
            try Descriptor.standardOutput.writeAll("\(error)\n")
        }
        var line = [UInt8](repeating: 0, count: 64)
        _ = try Descriptor.standardInput.read(into: &line)
        try FileSystem.removeDirectory("run", in: base.borrowed)
        controllers.close()
        try Descriptor.standardOutput.writeAll("closed\n")
        _ = try Descriptor.standardInput.read(into: &line)
    }

    /// As `keep`, within limits of every kind, each of them in a slice of its own and all in one.
    private func limit(_ script: String) throws {
        let memory: UInt64 = 1 << 30
        let slices = try [
            SliceLimits(memory: memory), SliceLimits(processes: 100), SliceLimits(processors: 2),
            SliceLimits(memory: memory, processes: 100, processors: 2),
        ].map { try containment.makeSlice($0) }
        let trees = try slices.map { try $0.spawn(request(script)) { Self.report($0) } }
        while true { try withExtendedLifetime((slices, trees)) { try reactor.wait(timeout: nil) } }
    }

    /// One tree, of which what outlives its main process is counted and killed.
    private func leave(_ script: String) throws {
        var tree: (any ProcessTree)?
        tree = try containment.spawn(request(script)) { event in
            if case .mainExited(_, _, treeIsEmpty: false) = event {
                try? Descriptor.standardOutput.writeAll("left \(tree?.members().count ?? 0)\n")
                try? tree?.kill()
            } else {
                Self.report(event)
            }
        }
        while true { try withExtendedLifetime(tree) { try reactor.wait(timeout: nil) } }
    }

    /// Trees one after the other, as fast as it can, each released when it is done.
    private func hail(_ script: String) throws {
        while true {
            try spawnAndRelease(script)
            try reactor.wait(timeout: .zero)
        }
    }

    private func spawnAndRelease(_ script: String) throws {
        var tree: (any ProcessTree)?
        tree = try containment.spawn(request(script)) { event in
            switch event {
            case .mainExited(_, _, treeIsEmpty: false): try? tree?.kill()
            case .mainExited, .emptied: tree?.release()
            case .escaped: break
            }
        }
    }

    /// How many more descriptors are open after a thousand trees than before.
    private func count(_ script: String) throws {
        let before = try FileSystem.entries(of: "/proc/self/fd").count
        for _ in 0..<1000 { try run(script) }
        // One cgroup is kept for the next tree; a guardian may outlive its tree by a moment.
        let kept = containment.mechanism == .cgroup ? 3 : 0
        let deadline = MonotonicClock.now + .seconds(30)
        while try FileSystem.entries(of: "/proc/self/fd").count > before + kept, MonotonicClock.now < deadline {
            try reactor.wait(timeout: .milliseconds(10))
        }
        print("leaked \(try FileSystem.entries(of: "/proc/self/fd").count - before - kept)")
        _ = containment.close()
    }

    /// A thousand trees at once, all killed at once.
    private func many(_ script: String) throws {
        var ended = 0
        var trees: [any ProcessTree] = []
        for _ in 0..<1000 {
            trees.append(
                try containment.spawn(request(script)) { event in
                    switch event {
                    case .mainExited(_, _, treeIsEmpty: true), .emptied: ended += 1
                    case .mainExited, .escaped: break
                    }
                }
            )
        }
        print("living \(trees.count { !$0.members().isEmpty })")
        for tree in trees { try tree.kill() }
        while ended < trees.count { try reactor.wait(timeout: nil) }
        print("emptied \(ended)")
        for tree in trees { tree.release() }
        print("survivors \(containment.close())")
    }

    private func run(_ script: String) throws {
        var isDone = false
        let tree = try containment.spawn(request(script)) { _ in isDone = true }
        while !isDone { try reactor.wait(timeout: nil) }
        tree.release()
    }

    /// One tree, until it has written `ready`; then the end, and what that has left.
    private func close(_ script: String) throws {
        let tree = try containment.spawn(request(script)) { _ in }
        var line = [UInt8](repeating: 0, count: 64)
        _ = try Descriptor.standardInput.read(into: &line)
        print("survivors \(withExtendedLifetime(tree) { containment.close() })")
    }

    private func request(_ script: String) -> SpawnRequest {
        SpawnRequest(
            arguments: ["sh", "-c", script],
            environment: CurrentProcess.environment,
            workingDirectory: "/",
            standardInput: 0,
            standardOutput: 1,
            standardError: 2
        )
    }

    private static func report(_ event: TreeEvent) {
        let line =
            switch event {
            case .mainExited(let status, _, let treeIsEmpty): "exited \(status) \(treeIsEmpty)\n"
            case .emptied: "emptied\n"
            case .escaped(let processes): "escaped \(processes.count)\n"
            }
        try? Descriptor.standardOutput.writeAll(line)
    }
}
