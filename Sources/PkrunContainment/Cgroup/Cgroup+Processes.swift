internal import PkrunSystem

extension Cgroup {
    /// Every process in it and below. What is born or dies meanwhile may be missing or listed.
    func processes() -> [Int32] {
        Self.processes(in: directory.borrowed, atMost: .max)
    }

    /// Some process of it, if there is one.
    func anyProcess() -> Int32? {
        Self.processes(in: directory.borrowed, atMost: 1).first
    }

    /// Whether a process lives in it or below.
    func contains(_ processID: Int32) -> Bool {
        guard let text = try? FileSystem.contents(of: "/proc/\(processID)/cgroup"),
            let place = CgroupLocation.ownPath(String(decoding: text, as: UTF8.self))
        else { return false }
        return "\(place)/".contains("/\(path)/")
    }

    /// Moves in what descends from a process that was moved in, until no walk finds more. What they make from now on is
    /// born here.
    func takeDescendants(of processID: Int32) throws(SystemError) {
        let sweep = try DescendantSweep()
        var met: Set<Int32> = []
        while true {
            let fresh = sweep.descendants(of: processID).filter { met.insert($0).inserted && !contains($0) }
            guard !fresh.isEmpty else { return }
            // One that has ended meanwhile has nothing to be taken.
            for descendant in fresh { try? take(descendant) }
        }
    }

    private static func processes(in directory: Descriptor, atMost limit: Int) -> [Int32] {
        // Not to be read in a threaded cgroup (EOPNOTSUPP), whose processes the nearest domain above it lists.
        let text = (try? FileSystem.contents(of: "cgroup.procs", in: directory)) ?? []
        // A process outside of this one's PID namespace is listed as 0.
        var processes = text.split(separator: UInt8(ascii: "\n"))
            .compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
            .filter { $0 > 0 }
        for entry in (try? FileSystem.entries(of: ".", in: directory)) ?? [] where entry.isDirectory {
            guard processes.count < limit else { break }
            guard let below = try? OwnedDescriptor.open(entry.name, [.readOnly, .directory], in: directory) else {
                continue
            }
            processes += Self.processes(in: below.borrowed, atMost: limit - processes.count)
        }
        return processes
    }
}
