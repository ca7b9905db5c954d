// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A room of the house: what it may import is what it lists, and nothing else.
func room(_ name: String, imports: [Target.Dependency] = [], settings: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strict + settings)
}

func tests(_ room: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(room)Tests",
        dependencies: [.byName(name: room)] + imports,
        swiftSettings: strict
    )
}

let package = Package(
    name: "pkrun",
    products: [
        .executable(name: "pkrun", targets: ["pkrun"]),
        .library(name: "ProcessKit", targets: ["ProcessKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // The deciding half: no descriptor, no clock, no environment, no process.
        room("PkrunDiagnostics"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        room("PkrunYAML", imports: ["CYAML", "PkrunDiagnostics"]),
        room("PkrunManifest", imports: ["PkrunYAML", "PkrunDiagnostics"]),
        room("PkrunPlan", imports: ["PkrunManifest", "PkrunYAML", "PkrunDiagnostics"]),
        room("PkrunEvents", imports: ["PkrunPlan"]),
        room("PkrunScheduler", imports: ["PkrunPlan", "PkrunEvents"]),
        room("PkrunTeardown", imports: ["PkrunPlan", "PkrunEvents"]),
        room("PkrunReporter", imports: ["PkrunEvents", "PkrunPlan", "PkrunDiagnostics"]),

        // The doing half.
        .target(name: "CPkrunLinux", cSettings: [.enableWarning("all"), .treatAllWarnings(as: .error)]),
        room("PkrunSystem", imports: ["CPkrunLinux"]),
        room("PkrunContainment", imports: ["PkrunSystem"]),
        room("PkrunLogs", imports: ["PkrunSystem"]),
        room(
            "PkrunDriver",
            imports: [
                "PkrunPlan", "PkrunEvents", "PkrunScheduler", "PkrunTeardown", "PkrunReporter",
                "PkrunSystem", "PkrunContainment", "PkrunLogs",
            ]
        ),

        // The faces.
        room(
            "ProcessKit",
            imports: ["PkrunContainment", "PkrunTeardown", "PkrunPlan", "PkrunEvents", "PkrunSystem"],
            // Who waits for the library waits where it is: each change of threads takes its time.
            settings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        .executableTarget(
            name: "pkrun",
            dependencies: [
                "PkrunDriver", "PkrunDiagnostics", "PkrunYAML", "PkrunManifest", "PkrunPlan", "PkrunEvents",
                "PkrunReporter", "PkrunSystem", "PkrunContainment",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .target(name: "CPkrunBench", cSettings: [.enableWarning("all"), .treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "pkrun-bench",
            dependencies: ["ProcessKit", "PkrunContainment", "PkrunSystem", "CPkrunBench"],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "processkit-example",
            dependencies: ["ProcessKit"],
            path: "examples/processkit",
            swiftSettings: strict
        ),

        // One test target per room, and the fakes that they share.
        .target(
            name: "PkrunTestSupport",
            dependencies: [
                "PkrunDiagnostics", "PkrunYAML", "PkrunManifest", "PkrunPlan", "PkrunEvents", "PkrunScheduler",
                "PkrunTeardown", "PkrunSystem", "PkrunContainment",
            ],
            path: "Tests/PkrunTestSupport",
            swiftSettings: strict
        ),
        tests("PkrunDiagnostics"),
        tests("PkrunYAML", imports: ["PkrunDiagnostics", "PkrunTestSupport"]),
        tests("PkrunManifest", imports: ["PkrunYAML", "PkrunDiagnostics", "PkrunTestSupport"]),
        tests("PkrunPlan", imports: ["PkrunManifest", "PkrunYAML", "PkrunDiagnostics", "PkrunTestSupport"]),
        tests("PkrunEvents", imports: ["PkrunPlan", "PkrunTestSupport"]),
        tests("PkrunScheduler", imports: ["PkrunPlan", "PkrunEvents", "PkrunTestSupport"]),
        tests("PkrunTeardown", imports: ["PkrunPlan", "PkrunEvents", "PkrunTestSupport"]),
        tests("PkrunReporter", imports: ["PkrunEvents", "PkrunPlan", "PkrunDiagnostics"]),
        tests("PkrunSystem"),
        tests(
            "PkrunContainment",
            imports: ["PkrunSystem", "PkrunTestSupport", "pkrun-test-owner", "pkrun-test-bomb"]
        ),
        // An owner of trees that tests may kill.
        .executableTarget(
            name: "pkrun-test-owner",
            dependencies: ["PkrunSystem", "PkrunContainment"],
            path: "Tests/PkrunTestOwner",
            swiftSettings: strict
        ),
        // Trees that are hard to end.
        .executableTarget(
            name: "pkrun-test-bomb",
            path: "Tests/PkrunTestBomb",
            cSettings: [.enableWarning("all"), .treatAllWarnings(as: .error)]
        ),
        tests("PkrunLogs", imports: ["PkrunSystem", "PkrunTestSupport"]),
        tests(
            "PkrunDriver",
            imports: ["PkrunPlan", "PkrunEvents", "PkrunSystem", "PkrunContainment", "PkrunTestSupport"]
        ),
        tests("ProcessKit", imports: ["PkrunSystem", "PkrunTestSupport"]),
        .testTarget(
            name: "PkrunCommandTests",
            dependencies: ["pkrun", "PkrunSystem", "PkrunTestSupport"],
            swiftSettings: strict
        ),
    ]
)

// A fuzzer instruments what it drives, so it is built apart from everything else:
// PKRUN_FUZZ=1 swift build -c release --product pkrun-fuzz --scratch-path .build/fuzz -Xswiftc -sanitize=fuzzer
if Context.environment["PKRUN_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "pkrun-fuzz",
            dependencies: ["PkrunDiagnostics", "PkrunManifest", "PkrunPlan"],
            path: "Tests/FuzzManifest",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
        )
    )
}
