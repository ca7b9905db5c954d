internal import PkrunContainment
internal import Testing

/// Where the own cgroup is found on different hosts.
@Suite struct CgroupLocationTests {
    @Test(arguments: [
        (
            "version 2 alone",
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate",
            "0::/user.slice/session-1.scope",
            ["/sys/fs/cgroup/user.slice/session-1.scope"]
        ),
        (
            "hybrid",
            """
            31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
            35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """,
            "4:memory:/elsewhere\n0::/\n",
            ["/sys/fs/cgroup/unified"]
        ),
        (
            "a bind mount of a part, and one that does not show this process",
            """
            50 23 0:38 /machine /a rw - cgroup2 cgroup2 rw
            51 23 0:38 /other /b rw - cgroup2 cgroup2 rw
            """,
            "0::/machine/job",
            ["/a/job"]
        ),
        (
            "a name that begins like another",
            "50 23 0:38 /machine /a rw - cgroup2 cgroup2 rw",
            "0::/machine2",
            []
        ),
        (
            "a mount from outside of the cgroup namespace",
            "50 23 0:38 /../.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw",
            "0::/",
            []
        ),
        (
            "a space in the mount point",
            #"50 23 0:38 / /mnt/c\040groups rw - cgroup2 cgroup2 rw"#,
            "0::/x",
            ["/mnt/c groups/x"]
        ),
        (
            "two mounts, the later one first",
            """
            50 23 0:38 / /first rw - cgroup2 cgroup2 rw
            51 23 0:38 / /second rw - cgroup2 cgroup2 rw
            """,
            "0::/x",
            ["/second/x", "/first/x"]
        ),
        ("removed under its process", "50 23 0:38 / /c rw - cgroup2 cgroup2 rw", "0::/x (deleted)", []),
        ("version 1 alone", "35 31 0:32 / /c rw - cgroup cgroup rw,memory", "4:memory:/", []),
        ("nothing to read", "", "", []),
    ])
    func isFound(_ name: String, mountinfo: String, cgroup: String, expected: [String]) {
        #expect(CgroupLocation.directories(mountinfo: mountinfo, cgroup: cgroup) == expected, "\(name)")
    }

    @Test("Version 1: by controller, which may share a hierarchy")
    func legacyHierarchies() {
        let mountinfo = """
            31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 /outer /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            36 31 0:33 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """
        let cgroup = "9:name=systemd:/\n4:memory:/outer/a:b\n3:cpu,cpuacct:/\n2:pids:/gone (deleted)\n0::/\n"
        let found = CgroupLocation.legacyDirectories(mountinfo: mountinfo, cgroup: cgroup)
        #expect(found == [.memory: "/sys/fs/cgroup/memory/a:b", .cpu: "/sys/fs/cgroup/cpu,cpuacct"])
    }
}
