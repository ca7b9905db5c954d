package import PkrunContainment
package import PkrunSystem

/// A real containment inside the test process, with a reactor of its own. To be used by one thread.
package final class Engine {
    package let reactor: Reactor
    package let containment: any Containment
    /// What the jobs write to is thrown away unless a test gives them something else.
    private let null: OwnedDescriptor

    package init(_ mechanism: Mechanism) throws {
        reactor = try Reactor()
        let reaper = try Reaper(reactor: reactor, scope: .watchedChildren)
        containment = try ContainmentChain(reactor: reactor, reaper: reaper).select(mechanism)
        null = try OwnedDescriptor.open("/dev/null", .readWrite)
    }

    /// The mechanisms that answer for every descendant and can be tried here: `cgroup` wants root or a delegated
    /// subtree, `pid-namespace` root or a host that allows user namespaces.
    package static let mechanisms: [Mechanism] = {
        guard let reactor = try? Reactor(), let reaper = try? Reaper(reactor: reactor, scope: .watchedChildren) else {
            return []
        }
        return ContainmentChain(reactor: reactor, reaper: reaper).survey()
            .filter { $0.obstacle == nil }.map(\.mechanism).filter(\.isComplete)
    }()

    /// Those that take in what something else has started.
    package static let adopting = mechanisms.filter { $0 != .pidNamespace }

    package static func offers(_ name: String) -> Bool { mechanisms.contains { $0.rawValue == name } }

    package static var offersCgroup: Bool { mechanisms.contains(.cgroup) }

    /// Whether such a limit can be kept here: it takes a controller, and root or a delegated cgroup.
    package static func limits(_ resource: LimitedResource) -> Bool { trial.kept.contains(resource) }

    package static var keepsLimits: Bool { LimitedResource.allCases.allSatisfy(limits) }

    /// Whether a process that a test starts beside itself can keep them, too. In version 2 that takes a cgroup which
    /// hands its controllers down although processes live in it: the root, and no other.
    package static var childrenKeepLimits: Bool { keepsLimits && !trial.moves }

    package static let noLimits = "no controller for this limit that may be used here"

    /// The limits that can be kept, and whether this process has to move for them.
    private static let trial: (kept: [LimitedResource], moves: Bool) = {
        guard let engine = try? Engine(.cgroup) else { return ([], false) }
        defer { _ = engine.containment.close() }
        let places = RunDirectories.places(of: CurrentProcess.identifier)
        let kept = LimitedResource.allCases.filter { engine.containment.obstacle(to: $0) == nil }
        return (kept, places != RunDirectories.places(of: CurrentProcess.identifier))
    }()

    /// The environment that a job needs to find its programs.
    package static let path = "PATH=/usr/bin:/bin"

    package func request(
        _ arguments: [String],
        environment: [String] = [Engine.path],
        in directory: String = "/",
        input: Int32? = nil,
        output: Int32? = nil,
        error: Int32? = nil,
        as credentials: SpawnRequest.Credentials? = nil
    ) -> SpawnRequest {
        SpawnRequest(
            arguments: arguments,
            environment: environment,
            workingDirectory: directory,
            standardInput: input ?? null.number,
            standardOutput: output ?? null.number,
            standardError: error ?? null.number,
            credentials: credentials
        )
    }

    /// - Parameter slice: whose limits are to hold.
    package func start(
        _ request: SpawnRequest,
        in slice: (any ResourceSlice)? = nil
    ) throws(SpawnError) -> StartedTree {
        let started = StartedTree(reactor: reactor)
        let host: any TreeHost = slice ?? containment
        try started.begin { observer throws(SpawnError) in try host.spawn(request, observer: observer) }
        return started
    }

    /// Starts a shell script.
    package func start(shell script: String) throws(SpawnError) -> StartedTree {
        try start(request(["sh", "-c", script]))
    }

    /// Runs a shell script to its end and the end of everything that it leaves behind.
    /// - Returns: what all of them wrote to standard output and error.
    package func output(ofShell script: String, as credentials: SpawnRequest.Credentials? = nil) throws -> String {
        try output { request(["sh", "-c", script], output: $0, error: $0, as: credentials) }
    }

    /// Runs what `request` makes of the descriptor to write to.
    package func output(_ request: (Int32) -> SpawnRequest) throws -> String {
        let pipe = try Pipe()
        let started = try start(request(pipe.writeEnd.number))
        let readEnd = pipe.split { readEnd, _ in readEnd }
        let text = try readEnd.borrowed.readAll()
        try started.waitUntilEmpty()
        started.tree?.release()
        return String(decoding: text, as: UTF8.self)
    }
}
