import PkrunDiagnostics
import PkrunManifest
import Testing

@Suite struct ManifestLoaderTests {
    private func load(_ text: String, _ environment: [String: String] = [:]) -> (
        manifest: Manifest?, log: DiagnosticLog
    ) {
        var log = DiagnosticLog()
        let manifest = ManifestLoader.load(
            [ManifestSource(Array(text.utf8), path: "jobs.yaml", directory: "/srv")],
            environment: { environment[$0] },
            log: &log
        )
        return (manifest, log)
    }

    private func job(_ text: String, _ environment: [String: String] = [:]) throws -> ManifestJob {
        let (manifest, log) = load("jobs: { a: { \(text) } }", environment)
        #expect(log.sorted.map(\.message) == [])
        return try #require(manifest?.jobs.first)
    }

    @Test func everyKeyHasARow() {
        #expect(Set(ManifestKey.table.rows.map(\.key)) == Set(ManifestKey.allCases))
        #expect(Set(JobKey.table.rows.map(\.key)) == Set(JobKey.allCases))
        #expect(Set(ExtendsKey.table.rows.map(\.key)) == Set(ExtendsKey.allCases))
        #expect(Set(IncludeKey.table.rows.map(\.key)) == Set(IncludeKey.allCases))
        #expect(Set(EnvironmentFileKey.table.rows.map(\.key)) == Set(EnvironmentFileKey.allCases))
        #expect(Set(DependencyKey.table.rows.map(\.key)) == Set(DependencyKey.allCases))
        #expect(Set(ReadinessKey.table.rows.map(\.key)) == Set(ReadinessKey.allCases))
        #expect(Set(LineKey.table.rows.map(\.key)) == Set(LineKey.allCases))
        #expect(Set(HTTPKey.table.rows.map(\.key)) == Set(HTTPKey.allCases))
        #expect(Set(StopStepKey.table.rows.map(\.key)) == Set(StopStepKey.allCases))
        #expect(Set(RestartKey.table.rows.map(\.key)) == Set(RestartKey.allCases))
        #expect(Set(LogKey.table.rows.map(\.key)) == Set(LogKey.allCases))
    }

    @Test func noSpellingMeansTwoThings() {
        let spellings = JobKey.table.spellings + JobKey.table.reserved
        #expect(Set(spellings).count == spellings.count)
    }

    @Test(arguments: ["command", "run", "cmd"])
    func commandHasOtherNames(key: String) throws {
        guard case .script(let script) = try job("\(key): ./api").command else {
            Issue.record("not a script")
            return
        }
        #expect(script.value == "./api")
    }

    @Test(arguments: ["jobs", "processes", "services"])
    func jobsHaveOtherNames(key: String) {
        let (manifest, log) = load("\(key): { b: { command: x }, a: { command: x } }")
        #expect(manifest?.jobs.map(\.name.value) == ["b", "a"])
        #expect(!log.hasErrors)
    }

    @Test(arguments: [
        ("restart: no", "no"), ("restart: 'no'", "no"), ("restart: { policy: no }", "no"),
        ("restart: always", "always"),
        ("restart: '${R}'", "on-failure"),
    ])
    func anUnquotedNoIsAWord(text: String, policy: String) throws {
        #expect(try job("command: x, \(text)", ["R": "on-failure"]).restart?.policy?.value == policy)
    }

    @Test func scalarsAreInterpolatedBeforeTheyAreTyped() throws {
        let job = try job(
            "command: x, timeout: '${T}', optional: \"${O}\", success_exit_codes: [\"${C}\"], restart: { policy: always, max: \"${M}\" }",
            ["T": "5s", "O": "true", "C": "3", "M": "7"]
        )
        #expect(job.timeout?.value == .seconds(5))
        #expect(job.isOptional?.value == true)
        #expect(job.successExitCodes?.map(\.value) == [3])
        #expect(job.restart?.maximum?.value == 7)
    }

    @Test(arguments: [("yes", true), ("on", true), ("True", true), ("no", false), ("off", false), ("false", false)])
    func oldWordsForTrueAndFalseAreUnderstood(word: String, expected: Bool) throws {
        #expect(try job("command: x, continue-on-error: \(word)").isOptional?.value == expected)
    }

    @Test(
        arguments: [
            ("{ A: 1, B: yes, C: , D: '' }", ["A": "1", "B": "yes", "C": nil, "D": ""]),
            ("[A=1, \"B=x=y\", D=, E=\u{301}]", ["A": "1", "B": "x=y", "D": "", "E": "\u{301}"]),
            ("{ A: '${V}', B: '${E}' }", ["A": "v", "B": ""]),
            ("", [:]),
        ] as [(String, [String: String?])]
    )
    func environmentsAreMapsOrLists(text: String, expected: [String: String?]) throws {
        let job = try job("command: x, environment: \(text)", ["V": "v", "E": ""])
        #expect(Dictionary(uniqueKeysWithValues: job.environment.map { ($0.name.value, $0.value?.value) }) == expected)
    }

    @Test func keysAreNotInterpolated() throws {
        #expect(try job("command: x, env: { \"${A}\": 1 }").environment.first?.name.value == "${A}")
    }

    @Test func freeKeysAreNobodysBusiness() {
        let text = """
            x-base: &base { run: ./base, timeout: "${UNSET}", nonsense: [1] }
            jobs:
              a: { command: ls, x-note: "${UNSET}" }
              x-ray: { command: ls }
            """
        let (manifest, log) = load(text)
        #expect(!log.hasErrors)
        #expect(manifest?.jobs.map(\.name.value) == ["a", "x-ray"])
    }

    @Test func whatIsWrittenWinsOverWhatAnAnchorBringsIn() throws {
        let text = """
            x-base: &base { run: ./base, timeout: 5s }
            jobs:
              a: { <<: *base, command: ./own }
              b: { <<: *base }
            """
        let (manifest, log) = load(text)
        #expect(!log.hasErrors)
        let jobs = try #require(manifest?.jobs)
        #expect(jobs.map { $0.timeout?.value } == [.seconds(5), .seconds(5)])
        guard case .script(let own) = jobs[0].command, case .script(let base) = jobs[1].command else {
            Issue.record("not scripts")
            return
        }
        #expect([own.value, base.value] == ["./own", "./base"])
    }

    @Test func theShortFormOfStoppingIsReadFromTwoKeys() throws {
        let job = try job("command: x, stop_grace_period: 3s, stop_signal: INT")
        guard case .short(let signal, let gracePeriod) = job.stop else {
            Issue.record("not the short form")
            return
        }
        #expect(signal?.value == "INT")
        #expect(gracePeriod?.value == .seconds(3))
    }

    @Test func allErrorsAreToldInOnePass() {
        let (manifest, log) = load("jobs: { a: { comand: x, timeout: 5 }, b: { command: '${U}', optional: perhaps } }")
        #expect(
            Set(log.sorted.map(\.code)) == [.unknownKey, .invalidDuration, .unsetVariable, .invalidBoolean]
        )
        #expect(manifest?.jobs.count == 2)
    }

    @Test func whatAManifestKnowsAndWeDoNotIsNoSlipOfTheFingers() {
        let (_, log) = load("jobs: { a: { command: x, env_file: [{ path: a, format: raw }] } }")
        #expect(log.sorted.map(\.code) == [.unsupportedKey])
        #expect(log.sorted.allSatisfy { $0.hint == nil })
    }

    @Test func aKeyOfJobsAtTheTopIsToldWhereItBelongs() {
        let (_, log) = load("profiles: [dev]\njobs: { a: { command: x } }")
        #expect(log.sorted.map(\.code) == [.unknownKey])
        #expect(log.sorted.first?.hint == "it is a key of jobs")
    }
}
