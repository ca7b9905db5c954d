import PkrunSystem

/// Programs that a test needs and a machine may lack.
package enum Programs {
    /// Looks in `PATH`, and where Debian keeps PostgreSQL's servers.
    package static func exist(_ names: String...) -> Bool {
        let versions = (try? FileSystem.entries(of: "/usr/lib/postgresql")) ?? []
        let directories =
            (CurrentProcess.variable("PATH") ?? "").split(separator: ":").map(String.init)
            + versions.map { "/usr/lib/postgresql/\($0.name)/bin" }
        return names.allSatisfy { name in directories.contains { FileSystem.isExecutable("\($0)/\(name)") } }
    }
}

/// Programs that are built together with the tests.
package enum BuiltProgram {
    package static func path(_ name: String) -> String { "\(directory)/\(name)" }

    private static let directory: String = {
        let tests = (try? FileSystem.canonicalPath("/proc/self/exe")) ?? ""
        return tests.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }()
}

package enum Repository {
    /// The directory of `Package.swift`.
    package static let path: String = {
        let components = #filePath.split(separator: "/").dropLast(3)
        return components.reduce("") { "\($0)/\($1)" }
    }()
}
