import PkrunTestSupport
import Testing

/// The first manifest of a project that has something to run already.
@Suite struct InitTests {
    private func manifest(_ files: [String: String]) throws -> String {
        let scenario = try Scenario()
        for (name, text) in files { try scenario.write(name, text) }
        #expect(try scenario.run(["init"]).exitCode == 0)
        let check = try scenario.run(["check", "--strict"])
        #expect(check.exitCode == 0, "\(check.errors)")
        return try scenario.text("jobs.yaml")
    }

    @Test func `npm scripts become jobs, of which one starts unasked`() throws {
        #expect(
            try manifest(["package.json": #"{ "scripts": { "dev": "vite", "test": "vitest", "build:all": "x" } }"#])
                == """
                jobs:
                  dev:
                    command: "npm run dev"
                    kind: service
                  test:
                    command: "npm run test"
                    disabled: true
                  build-all:
                    command: "npm run build:all"
                    disabled: true

                """
        )
    }

    @Test func `services of compose become jobs where they say what to execute`() throws {
        let text = """
            services:
              db: { image: postgres }
              web: { build: ., command: [./web, --name, "it's"], environment: [PORT=80], depends_on: [db, worker] }
              worker: { command: ./worker, environment: { MODE: quick } }
            """
        #expect(
            try manifest(["compose.yaml": text, "package.json": "{}"]) == """
                jobs:
                  web:
                    command: "./web --name 'it'\\\\''s'"
                    kind: service
                    env:
                      PORT: "80"
                    depends_on: [worker]
                  worker:
                    command: ./worker
                    kind: service
                    env:
                      MODE: quick

                """
        )
    }

    @Test func `a Procfile is imported, and nothing is an example`() throws {
        #expect(try manifest(["Procfile": "web: ./web\n"]).contains("  web:\n    command: ./web\n"))
        #expect(try manifest([:]) == "jobs:\n  hello:\n    command: \"echo hello\"\n")
    }

    @Test(arguments: ["jobs.yaml", "pkrun.yaml"]) func `a manifest that is there stays`(name: String) throws {
        let scenario = try Scenario()
        try scenario.write(name, "jobs: { a: { command: x } }")
        let result = try scenario.run(["init"])
        #expect(result.exitCode == 73)
        #expect(result.errors.contains("\(name) is there, and stays"))
        #expect(try scenario.text(name) == "jobs: { a: { command: x } }")
    }

    @Test func `variables of compose may be unset, and names alike`() throws {
        let services = """
            services:
              a b: { command: "./a ${PORT} $$HOME $${X} ${Y:-z}", environment: { A: "${NOT_SET}" } }
              a-b: { command: ["./b", "it's ${PORT}"], depends_on: { a b: { condition: service_started }, db: {} } }
              db: { image: postgres }
            """
        let text = try manifest(["compose.yaml": services])
        #expect(text.contains("\"./a ${PORT-} $$HOME $${X} ${Y:-z}\""))
        #expect(text.contains("depends_on: [a-b]"))
    }

    @Test(arguments: [
        ("Procfile", "web ./web\n", "1:1: error: expected 'name: command'"),
        ("process-compose.yaml", "processes: { a: { command: 'x } }\n", "1:28: error: this quote is never closed"),
        ("process-compose.yaml", "processes:\n", "1:1: error: 'processes' must be a map"),
        ("package.json", "{ \"scripts\": ", "1:14: error"),
    ])
    func `what is wrong is told, and nothing is written`(name: String, text: String, message: String) throws {
        let scenario = try Scenario()
        try scenario.write(name, text)
        let result = try scenario.run(["init"])
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("\(name):\(message)"), "\(result.errors)")
        #expect((try? scenario.text("jobs.yaml")) == nil)
    }

    @Test func `what is left out is told`() throws {
        let scenario = try Scenario()
        try scenario.write("compose.yaml", "services: { db: { image: x } }")
        try scenario.write("package.json", "{}")
        let result = try scenario.run(["init"])
        #expect(result.output.contains("nothing to run was found in compose.yaml, package.json"), "\(result.output)")
    }
}
