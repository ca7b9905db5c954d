internal import PkrunContainment
internal import PkrunSystem

/// The containments of this program, each set up at its first use.
@ProcessThread
final class Machinery {
    private static var made: Machinery?

    private let chain: ContainmentChain
    private let null: OwnedDescriptor
    private var strongest: (any Containment)?
    private var containments: [PkrunContainment.Mechanism: any Containment] = [:]

    static func shared() throws(SystemError) -> Machinery {
        if let made { return made }
        let machinery = try Machinery()
        made = machinery
        return machinery
    }

    private init() throws(SystemError) {
        // The program may have children of its own.
        let reaper = try Reaper(reactor: ProcessThread.reactor, scope: .watchedChildren)
        chain = ContainmentChain(reactor: ProcessThread.reactor, reaper: reaper)
        null = try OwnedDescriptor.open("/dev/null", .readWrite)
    }

    /// `/dev/null`
    var nothing: Int32 { null.number }

    /// The strongest mechanism that is to be had, or the demanded one.
    func containment(
        _ demand: PkrunContainment.Mechanism?
    ) throws(ContainmentUnavailable) -> any Containment {
        if let known = demand.map({ containments[$0] }) ?? strongest { return known }
        let made = try chain.select(demand)
        containments[made.mechanism] = made
        if demand == nil { strongest = made }
        return made
    }
}
