import ArgumentParser
import PkrunContainment
import PkrunSystem

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this host offers to contain jobs, and why not more."
    )

    func run() throws {
        let reactor = try Reactor()
        let chain = ContainmentChain(reactor: reactor, reaper: try Reaper(reactor: reactor))
        var isChosen = false
        for finding in chain.survey() {
            let name = finding.mechanism.rawValue
            if let obstacle = finding.obstacle {
                print("no   \(name): \(obstacle.reason)\n     \(obstacle.remedy)")
            } else {
                let isAutomatic = Mechanism.automatic.contains(finding.mechanism)
                let use = !isAutomatic ? " (on demand)" : isChosen ? "" : " (used)"
                print("yes  \(name)\(use): \(finding.mechanism.guarantee)")
                isChosen = isChosen || isAutomatic
            }
        }
    }
}
