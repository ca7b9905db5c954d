internal import Foundation
internal import PkrunPlan
internal import PkrunTestSupport
internal import Testing

/// Small plans, and every order in which things can happen in them.
///
/// Of one and two jobs: all plans of eleven kinds of jobs (tasks and services with and without readiness, restarts,
/// retries, health checks, locks, an `if`, `optional`, `finally`), under both policies of failure, with every way in
/// which the second can depend on the first: not at all, on `ready` or `succeeded` (also not required, also following
/// its restarts), on `started`, `completed` or `failed`.
///
/// Of three jobs: all graphs, with every such dependency on every edge, of tasks, services with and without readiness
/// (each plain, optional or tried once more) and `finally` tasks (plain or tried once more), under both policies. Left
/// out is what is there already: the same graph with its jobs in another order, and optional jobs where no failure
/// stops the run, which are a matter of the exit code. That loses the order of the plan, in which nothing but starts at
/// one moment can differ, and which random histories vary. Health, locks and `if` meet in pairs alone.
///
/// Those of three are some 280,000 plans. Only so many are looked at as `PKRUN_PLANS` says, evenly spread; `PKRUN_SEED`
/// picks others. `PKRUN_PLANS=1000000` looks at each of them.
@Suite struct SchedulerExplorationTests {
    @Test(arguments: [1, 2]) func everyOrderOfEventsKeepsTheRules(count: Int) async {
        await explore(Plan.all(of: count), "of \(count) jobs")
    }

    /// Those that are left of them all.
    private static let plansOfThree = 280_000

    /// In two parts, which are looked at beside each other.
    @Test(arguments: [0, 1]) func everyOrderOfEventsInThreeJobsKeepsTheRules(part: Int) async {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["PKRUN_SEED"].flatMap { Int($0) } ?? 1
        let count = environment["PKRUN_PLANS"].flatMap { Int($0) } ?? 400
        var step = max(Self.plansOfThree / count, 1)
        // There are 11 kinds of jobs and 7 of dependencies, and all of them are to be met.
        while step.isMultiple(of: 11) || step.isMultiple(of: 7) { step += 1 }
        let plans = Plan.all(of: 3, oneIn: 2 * step, from: seed % step + part * step)
        await explore(plans, "of 3 jobs, part \(part)")
    }

    private func explore(_ plans: some Sequence<Plan>, _ name: String) async {
        var (number, states, transitions, endings) = (0, 0, 0, 0)
        for plan in plans {
            await Task.yield()
            var exploration = Exploration(of: plan)
            if let found = exploration.run() {
                Issue.record("\(found)")
                return
            }
            number += 1
            states += exploration.states
            transitions += exploration.transitions
            endings += exploration.endings
        }
        print("\(number) plans \(name): \(states) states, \(transitions) transitions, \(endings) endings")
    }
}
