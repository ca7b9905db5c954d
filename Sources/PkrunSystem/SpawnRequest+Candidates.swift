extension SpawnRequest {
    /// Where the program may be, in the order of execvp(3): a name with a slash is a path, any other is looked for in
    /// the directories of `PATH`, of which an empty one is the working directory.
    var candidates: [String] {
        guard let name = program ?? arguments.first, !name.isEmpty else { return [] }
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        let prefix = "PATH="
        let path = environment.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count) ?? "/bin:/usr/bin"
        return path.split(separator: ":", omittingEmptySubsequences: false).map { $0.isEmpty ? name : "\($0)/\(name)" }
    }
}
