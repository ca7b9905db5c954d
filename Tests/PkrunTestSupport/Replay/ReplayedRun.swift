internal import PkrunEvents
internal import PkrunPlan

/// A random history that is carried out twice, in step: by a scheduler alone, and by pkrun with real processes.
package struct ReplayedRun {
    private let scenario: Scenario
    private var rehearsal: Rehearsal
    private var generator: SeededGenerator
    private var deeds: [Deed] = []
    /// What pkrun has told so far, by job, and how many bytes that was.
    private var told: [String: [String]] = [:]
    private var bytesRead = 0

    package struct Difference: Error, CustomStringConvertible {
        package let description: String
    }

    package init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        scenario = try Scenario()
        let (plan, missing, declining) = Plan.replayable(in: scenario.directory, using: &generator)
        rehearsal = Rehearsal(of: plan, missing: missing, declining: declining)
        let mechanism = Mechanisms.available[Int(seed) % Mechanisms.available.count]
        try scenario.write(
            "jobs.yaml",
            PlanRenderer.render(plan).replacing("containment: auto", with: "containment: \(mechanism)")
        )
    }

    /// - Throws: `Difference` where the two do not agree.
    package mutating func run() throws {
        let jobs = try rehearsal.plan.jobs.map { try FIFO(path: scenario.path($0.name)) }
        let pkrun = try scenario.start(["jobs.yaml", "-q"])
        rehearsal.begin()
        try agree(pkrun)
        while rehearsal.outcome == nil, let deed = nextDeed() {
            deeds.append(deed)
            switch deed {
            case .becomeReady(let job): try jobs[job.index].write("ready")
            case .end(let job, .exited(let code)): try jobs[job.index].write("exit \(code)")
            case .end(let job, .signaled(let signal)): try jobs[job.index].write("kill \(signal.rawValue)")
            case .interrupt(let signal): pkrun.signal(signal.rawValue)
            }
            rehearsal.perform(deed)
            try agree(pkrun)
        }
        let result = try pkrun.wait()
        try agree(pkrun)
        guard result.exitCode == rehearsal.outcome?.exitCode else {
            throw difference("exit code \(result.exitCode), \(result.errors)")
        }
        let left = scenario.processDescriptions()
        guard left.isEmpty else { throw difference("left alive: \(left)") }
    }

    /// One job after the other, until the user has seen enough.
    private mutating func nextDeed() -> Deed? {
        let possible = rehearsal.possibleDeeds
        let isUsersTurn = deeds.count > 12 || generator.chance(5)
        let wanted = possible.filter { deed in
            if case .interrupt = deed { isUsersTurn } else { true }
        }
        if deeds.count > 25, let interrupt = possible.last, case .interrupt = interrupt { return interrupt }
        return (wanted.isEmpty ? possible : wanted).randomElement(using: &generator)
    }

    /// Waits until pkrun has told of every job what was told in the rehearsal.
    private mutating func agree(_ pkrun: PkrunProcess) throws {
        let expected = rehearsal.events
        let isSettled = eventually {
            let hasEnded = pkrun.hasEnded
            readEvents()
            return told == expected || hasEnded || told.contains { !(expected[$0] ?? []).starts(with: $1) }
        }
        guard isSettled, told == expected else {
            let jobs = Set(told.keys).union(expected.keys).filter { told[$0] != expected[$0] }
            throw difference(
                jobs.sorted().map { job in
                    ["of \(job), pkrun:"] + (told[job] ?? []) + ["rehearsed:"] + (expected[job] ?? [])
                }
                .joined().joined(separator: "\n") + "\n\(pkrun.errors)"
            )
        }
    }

    private mutating func readEvents() {
        let bytes = (try? scenario.bytes(".pkrun/latest/events.jsonl")) ?? []
        while let end = bytes[bytesRead...].firstIndex(of: UInt8(ascii: "\n")) {
            if let event = ToldEvent(bytes[bytesRead..<end]) { told[event.job, default: []].append(event.text) }
            bytesRead = end + 1
        }
    }

    private func difference(_ words: String) -> Difference {
        Difference(description: "after \(deeds):\n\(words)\n\((try? scenario.text("jobs.yaml")) ?? "")")
    }
}
