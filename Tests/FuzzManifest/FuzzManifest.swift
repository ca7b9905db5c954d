import PkrunDiagnostics
import PkrunManifest
import PkrunPlan

/// One attempt of libFuzzer: any bytes become a plan, or a diagnostic that can be drawn, and never a crash.
///
/// The first byte chooses the kind of file.
@_cdecl("LLVMFuzzerTestOneInput")
func attempt(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let names = ["jobs.yaml", "process-compose.yaml", "Procfile"]
    let name = names[Int(bytes.first ?? 0) % names.count]
    let host = Host(
        environment: { $0 == "HOME" ? "/root" : nil },
        readFile: { $0.hasSuffix(".env") ? .bytes(bytes) : .missing },
        user: { _ in nil },
        group: { UInt32($0) },
        effectiveUserID: 0
    )
    let planning = Planner.plan(Array(bytes.dropFirst()), path: name, directory: "/srv", host: host)
    _ = DiagnosticRenderer(color: true).render(planning.diagnostics)
    guard case .success(let plan) = planning.outcome else { return 0 }
    precondition(!planning.diagnostics.contains { $0.severity == .error }, "a plan in spite of errors")
    // Nothing to run is no error where all is disabled, and one where nothing is written.
    guard !plan.jobs.isEmpty else { return 0 }
    let config = Array(PlanRenderer.render(plan).utf8)
    let again = Planner.plan(config, path: "config.yaml", directory: "/srv", host: host)
    precondition((try? again.outcome.get()) == plan, "the config of a config is another")
    return 0
}

/// libFuzzer's own main, for programs that have one already.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ argumentCount: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ attempt: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
struct FuzzManifest {
    static func main() {
        var count = CommandLine.argc
        var arguments = unsafe CommandLine.unsafeArgv
        _ = unsafe runDriver(&count, &arguments) { unsafe attempt($0, $1) }
    }
}
