import ArgumentParser
import PkrunManifest
import PkrunSystem

/// Which manifest, and how what is said about it looks.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("file")],
        help: """
            The manifest; without it jobs.yaml or pkrun.yaml here or in the nearest directory above. Given several \
            times, later files override earlier ones, key by key.
            """
    )
    var files: [String] = []

    @Option(name: .customLong("profile"), help: "Take in the jobs of this profile; may be given several times.")
    var profiles: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            How many copies of jobs there are, whatever the manifest says, such as web=2,worker=0; 'all' means every job \
            that is not named.
            """,
            valueName: "job=number,..."
        )
    )
    var scale: [JobScale] = []

    @OptionGroup var appearance: AppearanceOptions

    init() {}

    init(_ file: String, _ appearance: AppearanceOptions) {
        files = [file]
        profiles = []
        scale = []
        self.appearance = appearance
    }
}

struct AppearanceOptions: ParsableArguments {
    enum Color: String, ExpressibleByArgument, CaseIterable {
        case auto, always, never
    }

    @Option(help: "When to use colour.")
    var color = Color.auto
}

extension JobScale: ExpressibleByArgument {
    public init?(argument: String) { self.init(parsing: argument) }
}

extension AppearanceOptions.Color {
    /// `NO_COLOR` (no-color.org) and `TERM=dumb` are honoured.
    func applies(to descriptor: Descriptor) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            descriptor.isTerminal && (CurrentProcess.variable("NO_COLOR") ?? "").isEmpty
                && CurrentProcess.variable("TERM") != "dumb"
        }
    }
}

/// How a run goes.
struct RunArguments: ParsableArguments {
    @Flag(name: [.customShort("k"), .long], help: "After a failure go on with what does not depend on it.")
    var keepGoing = false

    @Option(help: "The directory for logs, events and reports; without it .pkrun beside the manifest.")
    var stateDir: String?
}
