/// The content of `cgroup.events`, cgroups(7).
struct CgroupEvents: Equatable {
    /// Whether any process lives in the cgroup or below it; zombies do not count.
    var isPopulated: Bool
    /// Whether every process in it is frozen.
    var isFrozen: Bool

    init(_ text: some Collection<UInt8>) {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        isPopulated = lines.contains { $0.elementsEqual("populated 1".utf8) }
        isFrozen = lines.contains { $0.elementsEqual("frozen 1".utf8) }
    }
}
