import PkrunSystem

/// The mechanisms of containment that tests of the command can demand here.
package enum Mechanisms {
    /// `cgroup` needs root or a delegated cgroup v2, `pid-namespace` root or user namespaces; `subreaper` works
    /// everywhere.
    package static let available: [String] = ["cgroup", "pid-namespace", "subreaper"].filter { mechanism in
        guard let scenario = try? Scenario("containment: \(mechanism)\njobs: { probe: { command: [\"true\"] } }\n")
        else {
            return false
        }
        return (try? scenario.run(["jobs.yaml"]))?.exitCode == 0
    }

    /// Whether limits of every kind can be kept: it takes controllers, and root or a delegated cgroup.
    package static let keepsLimits: Bool = {
        let resources = "{ memory: 1G, pids: 100, cpus: 2 }"
        let scenario = try? Scenario("jobs: { probe: { command: [\"true\"], resources: \(resources) } }\n")
        return (try? scenario?.run(["jobs.yaml"]))?.exitCode == 0
    }()

    package static let noLimits = "no controllers for limits that may be used here"
}
