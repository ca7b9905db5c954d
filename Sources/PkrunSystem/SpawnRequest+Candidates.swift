extension SpawnRequest {
    /// Where the program may be, in the order of execvp(3): a name with a slash is a path, any other is looked for in
    /// the directories of `PATH`, of which an empty one is the working directory.
    var candidates: [String] {
        guard let name = program ?? arguments.first, !name.isEmpty else { return [] }
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        return (searchPath ?? "/bin:/usr/bin").split(separator: ":", omittingEmptySubsequences: false).map {
            $0.isEmpty ? name : "\($0)/\(name)"
        }
    }

    private var searchPath: String? {
        guard let environment else { return CurrentProcess.variable("PATH") }
        let prefix = "PATH="
        return environment.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
