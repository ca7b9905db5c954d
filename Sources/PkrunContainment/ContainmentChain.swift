package import PkrunSystem

/// The mechanisms in the order of their strength, each tried rather than guessed at.
package struct ContainmentChain {
    private let reactor: Reactor
    private let reaper: Reaper
    private let openFiles: OpenFilesLimit?
    private let held: Descriptor?

    /// - Parameters:
    ///   - openFiles: the limit of open files that jobs get, where this process has raised its own.
    ///   - held: a locked file whose lock is to last until everything is ended, should this process die before.
    package init(reactor: Reactor, reaper: Reaper, openFiles: OpenFilesLimit? = nil, holding held: Descriptor? = nil) {
        self.held = held
        self.reactor = reactor
        self.reaper = reaper
        self.openFiles = openFiles
    }

    /// The strongest mechanism that is to be had here, or exactly the demanded one.
    package func select(_ demand: Mechanism? = nil) throws(ContainmentUnavailable) -> any Containment {
        var obstacles: [Obstacle] = []
        for mechanism in demand.map({ [$0] }) ?? Mechanism.automatic {
            do {
                return try make(mechanism)
            } catch {
                obstacles.append(error)
            }
        }
        throw ContainmentUnavailable(demand: demand, obstacles: obstacles)
    }

    /// Every mechanism, with what is in its way here; nothing is left behind.
    package func survey() -> [Finding] {
        Mechanism.allCases.map { mechanism in
            do throws(Obstacle) {
                let containment = try make(mechanism)
                let unlimited = LimitedResource.allCases.compactMap(containment.obstacle)
                _ = containment.close()
                return Finding(mechanism: mechanism, obstacle: nil, unlimited: unlimited)
            } catch {
                return Finding(mechanism: mechanism, obstacle: error, unlimited: [])
            }
        }
    }

    package struct Finding: Equatable, Sendable {
        package var mechanism: Mechanism
        /// `nil` where the mechanism is to be had.
        package var obstacle: Obstacle?
        /// The limits that cannot be kept under it.
        package var unlimited: [LimitUnavailable]
    }

    private func make(_ mechanism: Mechanism) throws(Obstacle) -> any Containment {
        switch mechanism {
        case .cgroup: return try makeCgroup()
        case .subreaper: return try makeSubreaper()
        case .pidNamespace: return try makeNamespaces()
        case .processGroup: return try makeProcessGroups()
        }
    }

    private func makeCgroup() throws(Obstacle) -> any Containment {
        let mountinfo = Self.text(of: "/proc/self/mountinfo")
        let cgroup = Self.text(of: "/proc/self/cgroup")
        let legacyBases = CgroupLocation.legacyDirectories(mountinfo: mountinfo, cgroup: cgroup)
        var obstacle = Obstacle(
            .cgroup,
            "no cgroup2 file system shows the cgroup of this process",
            remedy: "mount one: mount -t cgroup2 none /sys/fs/cgroup"
        )
        for directory in CgroupLocation.directories(mountinfo: mountinfo, cgroup: cgroup) {
            do {
                return try CgroupContainment(
                    baseDirectory: directory,
                    legacyBases: legacyBases,
                    reactor: reactor,
                    reaper: reaper,
                    spawner: try makeSpawner(),
                    holding: held
                )
            } catch {
                obstacle = Obstacle(.cgroup, "in \(directory): \(error)", remedy: Self.remedy(for: error))
            }
        }
        throw obstacle
    }

    private func makeSubreaper() throws(Obstacle) -> any Containment {
        do {
            return try GuardedContainment(
                reactor: reactor,
                reaper: reaper,
                spawner: try makeSpawner(),
                holding: held
            )
        } catch {
            throw Obstacle(.subreaper, "\(error)", remedy: "mount the proc file system of this PID namespace on /proc")
        }
    }

    private func makeNamespaces() throws(Obstacle) -> any Containment {
        do {
            let containment = try GuardedContainment(
                namespace: .own,
                reactor: reactor,
                reaper: reaper,
                spawner: try makeSpawner(),
                holding: held
            )
            do {
                try containment.tryOut()
                return containment
            } catch {
                throw SystemError("clone3", "a namespace", errorNumber: error.errorNumber)
            }
        } catch {
            throw Obstacle(
                .pidNamespace,
                "\(error)",
                remedy: "run as root, or allow user namespaces: sysctl user.max_user_namespaces, "
                    + "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns"
            )
        }
    }

    private func makeProcessGroups() throws(Obstacle) -> any Containment {
        do {
            return ProcessGroupContainment(
                reactor: reactor,
                reaper: reaper,
                spawner: try makeSpawner()
            )
        } catch {
            throw Obstacle(.processGroup, "\(error)", remedy: "free some memory")
        }
    }

    /// Who owns the whole process knows what it ignores, and reaps every child; elsewhere the one may change between any
    /// two starts, and the other be done by anybody.
    private func makeSpawner() throws(SystemError) -> ProcessSpawner {
        let ignored = reaper.ownsProcess ? CurrentProcess.ignoredSignals : .every
        return try ProcessSpawner(openFiles: openFiles, ignored: ignored, opensDescriptors: !reaper.ownsProcess)
    }

    private static func remedy(for error: SystemError) -> String {
        switch error.errorNumber {
        case ErrorNumber.accessDenied, ErrorNumber.notPermitted:
            "run as root, or in a delegated cgroup: systemd-run --user --scope -p Delegate=yes pkrun ..."
        case ErrorNumber.readOnly:
            "mount the cgroup2 file system writable"
        default:
            "Linux 5.14 or later is needed"
        }
    }

    private static func text(of path: String) -> String {
        String(decoding: (try? FileSystem.contents(of: path)) ?? [], as: UTF8.self)
    }
}
