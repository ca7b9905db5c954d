import PkrunSystem

/// The mechanisms of containment that tests of the command can demand here.
package enum Mechanisms {
    /// `cgroup` needs root or a delegated cgroup v2, `pid-namespace` root or user namespaces; `subreaper` works everywhere.
    package static let available: [String] = ["cgroup", "pid-namespace", "subreaper"].filter { mechanism in
        guard let scenario = try? Scenario("containment: \(mechanism)\njobs: { probe: { command: [\"true\"] } }\n")
        else {
            return false
        }
        return (try? scenario.run(["jobs.yaml"]))?.exitCode == 0
    }
}
