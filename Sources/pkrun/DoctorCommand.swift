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
                if finding.mechanism == .cgroup || !isChosen && isAutomatic { tellLimits(under: finding) }
                isChosen = isChosen || isAutomatic
            }
        }
    }

    private func tellLimits(under finding: ContainmentChain.Finding) {
        let kept = LimitedResource.allCases.filter { resource in
            !finding.unlimited.contains { $0.resource == resource }
        }
        if !kept.isEmpty { print("     limits: \(kept.map(\.rawValue).joined(separator: ", "))") }
        for obstacle in finding.unlimited {
            print("     no limit of \(obstacle.resource.rawValue): \(obstacle.reason)\n     \(obstacle.remedy)")
        }
    }
}
