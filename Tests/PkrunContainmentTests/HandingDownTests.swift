internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// A cgroup of version 2 that hands controllers down although the owner of a run lives in it: the owner moves.
///
/// One controller that no limit is about stands for all: hugetlb, which may be in version 2 on hybrid hosts too, or io.
@Suite(
    "Handing down",
    .serialized,
    .enabled(if: StandIn.isUsable, "no cgroup2 with the controller hugetlb or io in a root that may be used here")
)
struct HandingDownTests {
    @Test("And comes back")
    func thereAndBack() throws {
        try withController { home in
            let owner = try owner(in: home)
            #expect(try owner.readLine() == "enabled")
            #expect(StandIn.words("\(home.path)/cgroup.subtree_control") == [StandIn.name])
            #expect(StandIn.words("\(home.path)/run/cgroup.subtree_control") == [StandIn.name])
            #expect(StandIn.words("\(home.path)/cgroup.procs").isEmpty)
            try owner.write("now\n")
            #expect(try owner.readLine() == "closed")
            #expect(home.directories().isEmpty)
            #expect(StandIn.words("\(home.path)/cgroup.subtree_control").isEmpty)
            #expect(StandIn.words("\(home.path)/cgroup.procs").contains("\(owner.processID)"))
        }
    }

    @Test("Killed, its guardian comes back")
    func killed() throws {
        try withController { home in
            let owner = try owner(in: home)
            #expect(try owner.readLine() == "enabled")
            owner.kill()
            try owner.waitForDescendantsToEnd()
            #expect(home.directories().isEmpty)
            #expect(StandIn.words("\(home.path)/cgroup.subtree_control").isEmpty)
        }
    }

    @Test("Not where others live, who are named")
    func others() throws {
        try withController { home in
            let file = try home.processFile()
            let engine = try Engine(.subreaper)
            let request = engine.request(["sleep", "1000"])
            let started = try ProcessSpawner().spawn(request, in: .joining(file.borrowed))
            guard case .started(let sleeper, let sleep?) = started else { throw DeadlinePassed(what: "a process") }
            let owner = try owner(in: home)
            #expect(try owner.readLine() == "move 'sleep (pid \(sleeper))': Device or resource busy")
            #expect(StandIn.words("\(home.path)/cgroup.subtree_control").isEmpty)
            owner.kill()
            _ = try sleep.send(9)
            _ = ProcessExit.reap(.process(sleeper), waiting: true)
            try owner.waitForDescendantsToEnd()
        }
    }

    private func owner(in home: TestCgroup) throws -> OwnerProcess {
        let file = try home.processFile()
        return try OwnerProcess(.subreaper, "hand down", StandIn.name, in: .joining(file.borrowed))
    }

    /// With the controller in a cgroup of the test's own.
    private func withController(_ body: (TestCgroup) throws -> Void) throws {
        let own = try #require(TestCgroup.own)
        let isHandedDown = StandIn.words("\(own)/cgroup.subtree_control").contains(StandIn.name)
        if !isHandedDown { try Self.write("+\(StandIn.name)", to: "\(own)/cgroup.subtree_control") }
        defer { if !isHandedDown { try? Self.write("-\(StandIn.name)", to: "\(own)/cgroup.subtree_control") } }
        try body(try TestCgroup())
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try OwnedDescriptor.open(path, .writeOnly)
        try file.borrowed.writeAll(text)
    }
}

/// The controller that is tried.
private enum StandIn {
    static let name =
        ["hugetlb", "io"].first { name in
            TestCgroup.own.map { words("\($0)/cgroup.controllers").contains(name) } ?? false
        } ?? ""

    static let isUsable = Engine.offersCgroup && TestCgroup.ownIsRoot && !name.isEmpty

    static func words(_ path: String) -> [String] {
        let text = String(decoding: (try? FileSystem.contents(of: path)) ?? [], as: UTF8.self)
        return text.split { $0.isWhitespace }.map(String.init)
    }
}
