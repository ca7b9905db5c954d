internal import PkrunPlan
internal import PkrunTestSupport
internal import Testing

/// Small plans, and every order in which things can happen in them: all plans of one or two jobs of eleven kinds, with every
/// condition between them, and those of three jobs of the three kinds that make the most of each other.
@Suite struct SchedulerExplorationTests {
    @Test(arguments: [(1, true), (2, true), (3, false)])
    func everyOrderOfEventsKeepsTheRules(count: Int, isWhole: Bool) async {
        var (plans, states, transitions, endings) = (0, 0, 0, 0)
        for plan in Plan.all(of: count, isWhole: isWhole) {
            await Task.yield()
            var exploration = Exploration(of: plan)
            if let found = exploration.run() {
                Issue.record("\(found)")
                return
            }
            plans += 1
            states += exploration.states
            transitions += exploration.transitions
            endings += exploration.endings
        }
        print("\(count) jobs: \(plans) plans, \(states) states, \(transitions) transitions, \(endings) endings")
    }
}
