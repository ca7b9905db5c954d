import Foundation
import PkrunTestSupport
import Testing

/// The schema before the eyes of a validator that knows nothing of pkrun.
@Suite(.enabled(if: Programs.exist("check-jsonschema"), "check-jsonschema is not installed"))
struct ManifestSchemaFileTests {
    private let schema = "\(Repository.path)/schema/manifest.schema.json"

    private func status(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["check-jsonschema"] + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test func itIsASchemaThatTheExamplesKeepTo() throws {
        #expect(try status(["--check-metaschema", schema]) == 0)
        for example in Fixtures.names(in: "../../examples", ending: ".yaml") {
            #expect(try status(["--schemafile", schema, "\(Repository.path)/examples/\(example).yaml"]) == 0)
        }
    }

    @Test(arguments: ["unknown-key", "wrong-type", "conflicting-keys", "invalid-values"])
    func itRefusesWhatIsWrong(name: String) throws {
        #expect(try status(["--schemafile", schema, Fixtures.path("Diagnostics/\(name).yaml")]) == 1)
    }
}
