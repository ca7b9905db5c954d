import PkrunEvents
import PkrunSystem

/// Who listens on a port: a process of one's own tree, a stranger, nobody.
struct PortSearch {
    let port: UInt16
    /// Sockets of somebody who could not be found: he may just have been ending.
    private var suspects: Set<UInt64> = []

    init(port: UInt16) { self.port = port }

    /// - Parameters:
    ///   - mainProcess: one of the tree, whose network is looked at.
    ///   - members: the live processes of the tree.
    mutating func look(from mainProcess: Int32, members: () -> [Int32]) -> ProbeResult {
        let sockets = ListeningSocket.all(seenBy: mainProcess).filter { $0.port == port }
        guard let first = sockets.first else { return .failed("nobody listens on it") }
        let inodes = Set(sockets.map(\.inode))
        if members().contains(where: { !(ProcessRecord.sockets(of: $0) ?? []).isDisjoint(with: inodes) }) {
            return .passed
        }
        let holders = ProcessRecord.holders(of: inodes)
        // Asked again: a process that has come meanwhile may have inherited the socket.
        let ours = Set(members())
        if holders.contains(where: { ours.contains($0.processID) }) { return .passed }
        if let holder = holders.first {
            let process = ProcessSummary(processID: holder.processID, command: holder.commandLine)
            let origin = ProcessOrigin(of: holder.processID)
            return .taken(port, PortHolder(userID: first.userID, process: process, origin: origin))
        }
        defer { suspects = inodes }
        guard suspects.contains(first.inode) else { return .failed("a process of user \(first.userID) listens on it") }
        return .taken(port, PortHolder(userID: first.userID, process: nil))
    }
}
