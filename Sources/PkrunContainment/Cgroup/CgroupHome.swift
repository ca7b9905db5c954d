package import PkrunSystem

/// Where this process and its guardian go when their cgroup is to hand controllers down: one with processes of its own
/// must not, unless it is the root; cgroups(7), "no internal processes".
package final class CgroupHome {
    private let base: Descriptor
    private let name: String
    private var home: OwnedDescriptor?

    /// - Parameters:
    ///   - base: the directory of the cgroup that this process lives in, which must stay open as long as this lives.
    ///   - run: the name of the run's cgroup there.
    package init(in base: Descriptor, run: String) {
        self.base = base
        name = Self.name(ofRun: run)
    }

    package static func name(ofRun run: String) -> String { "\(run).home" }

    /// Moves this process, and the guardian, out of the way.
    /// - Throws: EBUSY where others live there, too: they are nobody's to be moved.
    package func moveIn(with guardian: Int32?) throws(SystemError) {
        guard home == nil else { return }
        let movable = [CurrentProcess.identifier] + [guardian].compactMap(\.self)
        let others = try Self.processes(in: base).filter { !movable.contains($0) }
        guard others.isEmpty else {
            let names = others.prefix(3).map { "\(ProcessRecord(of: $0)?.name ?? "?") (pid \($0))" }
            throw SystemError("move", names.joined(separator: ", "), errorNumber: ErrorNumber.busy)
        }
        try FileSystem.makeDirectory(name, mode: 0o755, in: base)
        let made = try OwnedDescriptor.open(name, [.readOnly, .directory], in: base)
        let directory = made.borrowed
        home = consume made
        for process in movable { try Self.move(process, to: directory) }
    }

    /// Moves back who lives there by now, once the run's cgroup is gone: the guardian may be another one.
    package func moveOut(disabling controllers: some Sequence<String>) {
        guard let directory = home?.borrowed else { return }
        for controller in controllers { try? Self.write("-\(controller)", to: "cgroup.subtree_control", in: base) }
        for process in (try? Self.processes(in: directory)) ?? [] { try? Self.move(process, to: base) }
        home = nil
        try? FileSystem.removeDirectory(name, in: base)
    }

    private static func processes(in directory: Descriptor) throws(SystemError) -> [Int32] {
        let text = String(decoding: try FileSystem.contents(of: "cgroup.procs", in: directory), as: UTF8.self)
        return text.split(separator: "\n").compactMap { Int32($0) }
    }

    private static func move(_ process: Int32, to directory: Descriptor) throws(SystemError) {
        try write("\(process)", to: "cgroup.procs", in: directory)
    }

    private static func write(_ text: String, to file: String, in directory: Descriptor) throws(SystemError) {
        let file = try OwnedDescriptor.open(file, .writeOnly, in: directory)
        try file.borrowed.writeAll(text)
    }
}
