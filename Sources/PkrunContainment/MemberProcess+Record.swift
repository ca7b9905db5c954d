internal import PkrunSystem

extension MemberProcess {
    /// The members among these processes, the main one first: zombies are none, they only wait to be reaped.
    static func living(_ processIDs: [Int32], main: Int32) -> [MemberProcess] {
        let records = processIDs.compactMap(ProcessRecord.init(of:)).filter { !$0.isZombie }
        let ordered = records.filter { $0.processID == main } + records.filter { $0.processID != main }
        return ordered.map {
            MemberProcess(
                processID: $0.processID,
                parentID: $0.parentID,
                name: $0.name,
                command: $0.commandLine,
                startTime: $0.startTime,
                residentMemory: $0.residentMemory
            )
        }
    }
}
