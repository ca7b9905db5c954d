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
                print("yes  \(name)\(isChosen ? "" : " (used)"): \(finding.mechanism.guarantee)")
                isChosen = true
            }
        }
    }
}
