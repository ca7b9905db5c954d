internal import PkrunManifest
package import PkrunPlan

extension Host {
    /// A machine that exists only in a test. It knows the users root, postgres (26) and dev (1000).
    ///
    /// - Parameter files: by absolute path.
    package static func fake(
        environment: [String: String] = [:],
        files: [String: String] = [:],
        effectiveUserID: UInt32 = 0
    ) -> Host {
        let users = [
            Identity(userName: "root", userID: 0, groupID: 0, groups: [0], home: "/root"),
            Identity(userName: "postgres", userID: 26, groupID: 26, groups: [26, 103], home: "/var/lib/postgresql"),
            Identity(userName: "dev", userID: 1000, groupID: 1000, groups: [1000], home: "/home/dev"),
        ]
        let groups: [String: UInt32] = ["root": 0, "postgres": 26, "ssl-cert": 103, "dev": 1000]
        return Host(
            environment: { environment[$0] },
            readFile: { path in
                if path.hasSuffix("/unreadable.env") { return .unreadable("Permission denied") }
                return files[path].map { .bytes(Array($0.utf8)) } ?? .missing
            },
            user: { name in users.first { $0.userName == name || String($0.userID) == name } },
            group: { name in groups[name] ?? UInt32(name) },
            effectiveUserID: effectiveUserID
        )
    }
}
