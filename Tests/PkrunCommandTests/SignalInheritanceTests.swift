import PkrunTestSupport
import Testing

/// Whoever starts pkrun may ignore signals, as nohup(1), cron(8) and many a CI runner do. Jobs know nothing of it.
@Suite struct SignalInheritanceTests {
    @Test(arguments: ["auto", "subreaper"])
    func `jobs start with default signals whatever pkrun was started with`(containment: String) throws {
        let scenario = try Scenario(
            """
            jobs:
              outer:
                command: |
                  trap '' HUP INT QUIT PIPE CHLD TSTP XFSZ 40 64
                  grep '^SigIgn' /proc/self/status
                  exec '\(PkrunProcess.program)' --state-dir inner inner.yaml
            """
        )
        let inner = "containment: \(containment)\njobs: { a: { command: [grep, '^Sig[BI]', /proc/self/status] } }"
        try scenario.write("inner.yaml", inner)
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        let none = "0000000000000000"
        let expected = "SigBlk:\t\(none)\nSigIgn:\t\(none)\n"
        #expect(try scenario.log("outer").contains("SigIgn:\t8000008001081007\n"))
        #expect(try scenario.text("inner/latest/logs/a.log") == expected)
    }
}
