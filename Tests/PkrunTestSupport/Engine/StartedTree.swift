package import PkrunContainment
package import PkrunSystem

/// A tree and what its observer has heard so far.
package final class StartedTree {
    package fileprivate(set) var events: [TreeEvent] = []
    package fileprivate(set) var tree: (any ProcessTree)?
    private let reactor: Reactor

    init(reactor: Reactor) { self.reactor = reactor }

    /// Runs the reactor until the condition holds.
    package func wait(_ what: String, until condition: () -> Bool) throws {
        try reactor.run(until: condition, or: what)
    }

    /// Waits until the observer has heard that nothing is left.
    package func waitUntilEmpty() throws {
        try wait("the tree to be empty") { isEmpty }
    }

    package func waitUntilMainExited() throws {
        try wait("the main process to exit") { !events.isEmpty }
    }

    package var isEmpty: Bool {
        events.contains {
            switch $0 {
            case .emptied, .mainExited(_, _, treeIsEmpty: true): true
            case .mainExited, .escaped: false
            }
        }
    }

    /// How the main process ended, if it has.
    package var status: ProcessStatus? {
        guard case .mainExited(let status, _, _) = events.first else { return nil }
        return status
    }

    package func members() -> [MemberProcess] { tree?.members() ?? [] }
}

extension StartedTree {
    func begin(_ spawn: (_ observer: @escaping (TreeEvent) -> Void) throws(SpawnError) -> any ProcessTree)
        throws(SpawnError)
    {
        tree = try spawn { [self] in events.append($0) }
    }
}

extension Reactor {
    /// Handles what comes until the condition holds. It is looked at again and again, so that it may be about anything.
    package func run(until condition: () -> Bool, or what: String) throws {
        let deadline = MonotonicClock.now + .seconds(60)
        while !condition() {
            guard MonotonicClock.now < deadline else { throw DeadlinePassed(what: what) }
            try wait(timeout: .milliseconds(2))
        }
    }
}

/// What a test waited for has not come.
package struct DeadlinePassed: Error {
    package var what: String

    package init(what: String) { self.what = what }
}
