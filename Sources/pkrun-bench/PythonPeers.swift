import PkrunSystem
import ProcessKit

/// The same from Python, whose time to start is not counted: its own `subprocess`, and processkit-py, which this
/// project re-creates, where it is installed (`pip install processkit-py`).
struct PythonPeers {
    let batch: Int

    /// - Returns: what each needed for one batch; nothing where there is no Python.
    func captures() async throws -> [(name: String, time: Duration)] {
        let program = """
            import subprocess, time
            def measure(name, run):
                start = time.perf_counter()
                for _ in range(\(batch)): run()
                print(name, time.perf_counter() - start, sep="\\t")
            measure("subprocess in Python", lambda: subprocess.run(["/bin/true"], capture_output=True))
            try:
                from processkit import Command
                measure("processkit-py", lambda: Command("/bin/true").output())
            except ImportError:
                pass
            """
        guard let output = try? await Command("python3", ["-c", program]).output(), output.status.isSuccess else {
            return []
        }
        return output.text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t")
            guard parts.count == 2, let seconds = Double(parts[1]) else { return nil }
            return (String(parts[0]), .seconds(seconds))
        }
    }
}
