/// The content of `cgroup.events`, cgroups(7).
struct CgroupEvents: Equatable {
    /// Whether any process lives in the cgroup or below it; zombies do not count.
    var isPopulated: Bool
    /// Whether every process in it is frozen.
    var isFrozen: Bool

    init(_ text: ArraySlice<UInt8>) {
        let file = FlatKeyedFile(text)
        isPopulated = file["populated"] == 1
        isFrozen = file["frozen"] == 1
    }
}
