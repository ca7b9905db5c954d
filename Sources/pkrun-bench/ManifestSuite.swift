import PkrunSystem
import ProcessKit

/// `pkrun check` on manifests of many jobs, on a small one, and on what nobody writes by hand.
struct ManifestSuite {
    let rounds: Int
    private let workshop: Workshop

    init(rounds: Int) throws {
        self.rounds = rounds
        workshop = try Workshop()
    }

    func run() async throws {
        defer { workshop.remove() }
        print("pkrun check: time of a processor, and the peak of the memory")
        try measure("one job", "jobs: { hello: { command: echo hello } }\n")
        for count in [1000, 10_000, 20_000] {
            let text = Self.manifest(jobs: count)
            try measure("\(count) jobs, \(text.utf8.count / 1000) kB", text)
            if count == 10_000 { print(await Self.pythonPeers("\(workshop.path)/jobs.yaml"), terminator: "") }
        }
        try measure("alias bomb", Self.aliasBomb, exitCode: 65)
        try measure("10000 lists in each other", String(repeating: "[", count: 10_000), exitCode: 65)
        // Not by this process: what is started here begins with the memory that it has; getrusage(2).
        _ = try Measured.seconds(
            ["sh", "-c", "head -c 100000000 /dev/zero | tr '\\0' '#' >'\(workshop.path)/jobs.yaml'"],
            in: workshop
        )
        try measure("100 MB", exitCode: 65)
    }

    private func measure(_ name: String, _ manifest: String, exitCode: Int32 = 0) throws {
        try workshop.write("jobs.yaml", manifest)
        try measure(name, exitCode: exitCode)
    }

    private func measure(_ name: String, exitCode: Int32) throws {
        // What is said is not what is measured.
        let command = ["sh", "-c", "exec '\(workshop.pkrun)' check '\(workshop.path)/jobs.yaml' 2>/dev/null"]
        let usages = try (0..<rounds).map { _ in try Measured.usage(command, in: workshop) }
        for usage in usages where usage.exitCode != exitCode {
            throw Measured.Failure(command: command, status: usage.exitCode)
        }
        let peak = usages.map(\.peakKilobytes).max() ?? 0
        print("  \(Statistics(usages.map(\.processorSeconds)).line(name)), \(peak / 1000) MB")
    }

    /// Jobs as people write them, each waiting for two others.
    private static func manifest(jobs count: Int) -> String {
        (0..<count).reduce(into: "name: many\nenv: { LOG_LEVEL: debug }\njobs:\n") { text, number in
            text += """
                  job\(number):
                    command: ./run --number \(number) --out "out/${PKRUN_BENCH_NAME:-job}-\(number).txt"
                    working_dir: services/job\(number)
                    env: { PORT: "\(number)", MODE: production }
                    timeout: 30s
                    stop_signal: INT

                """
            if number > 2 { text += "    depends_on: [job\(number - 1), job\(number / 2)]\n" }
        }
    }

    private static let aliasBomb = (1...40).reduce(into: "x-a0: &a0 x\n") { text, level in
        text += "x-a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }

    /// The same text read by PyYAML and checked by jsonschema, where Python has them (`pip install pyyaml jsonschema`).
    private static func pythonPeers(_ path: String) async -> String {
        let program = """
            import json, resource, sys, time
            def measure(name, run):
                start = time.process_time()
                result = run()
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
                print(f"    {name}: {(time.process_time() - start) * 1000:.1f} ms, {peak} MB")
                return result
            try:
                import yaml
            except ImportError:
                sys.exit("PyYAML: not installed")
            text = open(sys.argv[1]).read()
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            tree = measure(f"PyYAML, {loader.__name__}", lambda: yaml.load(text, loader))
            try:
                from jsonschema import Draft202012Validator as Validator
            except ImportError:
                sys.exit("jsonschema: not installed")
            schema = json.load(open("schema/manifest.schema.json"))
            measure("and jsonschema", lambda: list(Validator(schema).iter_errors(tree)))
            """
        guard let output = try? await Command("python3", ["-c", program, path]).output() else {
            return "    Python: not installed\n"
        }
        let complaint = String(decoding: output.standardError, as: UTF8.self).split(separator: "\n").last
        return output.text + (complaint.map { "    \($0)\n" } ?? "")
    }
}
