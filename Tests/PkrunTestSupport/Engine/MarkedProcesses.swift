package import PkrunSystem

/// The processes of one test, wherever they have gone: all that have a certain word in their environment.
package struct MarkedProcesses {
    /// `NAME=value`, for the environment of the first process.
    package let mark: String

    package init() {
        mark = "PKRUN_TEST_MARK=\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }

    /// Those that live, zombies left out.
    package func living() -> [ProcessRecord] {
        ProcessRecord.all().filter { !$0.isZombie && isMarked($0.processID) }
    }

    private func isMarked(_ processID: Int32) -> Bool {
        guard let environment = try? FileSystem.contents(of: "/proc/\(processID)/environ") else { return false }
        return environment.split(separator: 0).contains { $0.elementsEqual(mark.utf8) }
    }
}

extension ProcessRecord {
    /// Every process of this PID namespace.
    package static func all() -> [ProcessRecord] {
        let entries = (try? FileSystem.entries(of: "/proc")) ?? []
        return entries.compactMap { Int32($0.name) }.compactMap { ProcessRecord(of: $0) }
    }
}
