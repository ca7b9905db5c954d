import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import PkrunYAML
import Testing

/// The schema for editors says what the reader says.
@Suite struct ManifestSchemaTests {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(named: "manifest.schema.json") }

    @Test func itHasExactlyTheKeysOfTheReader() {
        func spellings<Key>(_ table: KeyTable<Key>) -> Set<String> { Set(table.spellings) }
        #expect(schema.properties() == spellings(ManifestKey.table))
        #expect(schema.properties(of: "job") == spellings(JobKey.table))
        #expect(schema.properties(of: "extends") == spellings(ExtendsKey.table))
        #expect(schema.properties(of: "include") == spellings(IncludeKey.table))
        #expect(schema.properties(of: "env_file") == spellings(EnvironmentFileKey.table))
        #expect(schema.properties(of: "dependency") == spellings(DependencyKey.table))
        #expect(schema.properties(of: "ready") == spellings(ReadinessKey.table))
        #expect(schema.properties(of: "line") == spellings(LineKey.table))
        #expect(schema.properties(of: "http") == spellings(HTTPKey.table))
        #expect(schema.properties(of: "stop_step") == spellings(StopStepKey.table))
        #expect(schema.properties(of: "restart") == spellings(RestartKey.table))
        #expect(schema.properties(of: "health") == spellings(HealthKey.table))
        #expect(schema.properties(of: "retry") == spellings(RetryKey.table))
        #expect(schema.properties(of: "log") == spellings(LogKey.table))
        #expect(schema.properties(of: "notify") == spellings(NotifyKey.table))
        #expect(schema.properties(of: "limit") == spellings(LimitKey.table))
        #expect(schema.properties(of: "resources") == spellings(ResourcesKey.table))
        #expect(schema.properties(of: "watch") == spellings(WatchKey.table))
        #expect(schema.properties(of: "secret") == spellings(SecretKey.table))
    }

    /// What a schema can see without knowing the rest of the file, or the machine.
    private static let visible: Set<DiagnosticCode> = [
        .unknownKey, .unsupportedKey, .conflictingKeys, .wrongType, .invalidNumber, .invalidBoolean, .invalidDuration,
        .invalidWord, .outOfRange, .invalidName,
    ]
    /// What no schema can see.
    private static let invisible: Set<DiagnosticCode> = [
        .unsetVariable, .requiredVariable, .unknownDependency, .selfDependency, .duplicateDependency, .dependencyCycle,
        .unknownUser, .unknownGroup, .needsRoot, .unreadableFile, .invalidEnvironmentFile, .duplicateKey,
        .disabledDependency, .unknownBase, .extensionCycle, .inclusionCycle,
    ]

    /// All but what is written for process-compose, which has a schema of its own.
    static let corpus = texts.filter { !$0.contains("is_strict: true") }

    private static let texts: [String] =
        ["Diagnostics", "Manifests", "../../examples"].flatMap { directory in
            Fixtures.names(in: directory, ending: ".yaml").compactMap { Fixtures.text("\(directory)/\($0).yaml") }
        }
        + DiagnosticCode.allCases.flatMap { [$0.explanation.wrong, $0.explanation.right].compactMap(\.self) }

    @Test(arguments: corpus) func itAgreesWithTheReader(text: String) throws {
        let host = Host.fake(
            environment: ["HOME": "/home/dev"],
            files: ["/srv/common.env": "", "/srv/api.env": "B=b", "/srv/local.env": ""]
        )
        let planning = Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv", host: host)
        let errors = Set(planning.diagnostics.filter { $0.severity == .error }.map(\.code))
        var log = DiagnosticLog()
        guard let node = YAML.read(SourceFile(path: "jobs.yaml", text: text), log: &log) else { return }
        let violations = schema.violations(of: node.json)
        if errors.isSubset(of: Self.invisible) { #expect(violations == []) }
        if !errors.isDisjoint(with: Self.visible) { #expect(!violations.isEmpty) }
    }

    @Test func aSpecimenOfEveryPlanKeepsToIt() throws {
        let text = try #require(Fixtures.text("Manifests/everything.yaml"))
        let files = ["/srv/common.env": "", "/srv/api.env": "B=b"]
        let host = Host.fake(environment: ["HOME": "/home/dev"], files: files)
        let plan = try Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv", host: host).outcome.get()
        var log = DiagnosticLog()
        let config = SourceFile(path: "config.yaml", text: PlanRenderer.render(plan))
        let node = try #require(YAML.read(config, log: &log))
        #expect(schema.violations(of: node.json) == [])
    }
}
