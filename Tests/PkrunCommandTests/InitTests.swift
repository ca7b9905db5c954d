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

    @Test func `a manifest that is there stays`() throws {
        let scenario = try Scenario("jobs: { a: { command: x } }")
        #expect(try scenario.run(["init"]).exitCode == 73)
        #expect(try scenario.text("jobs.yaml") == "jobs: { a: { command: x } }")
    }
}
