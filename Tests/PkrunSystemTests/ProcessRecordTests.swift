internal import PkrunSystem
internal import Testing

@Suite struct ProcessRecordTests {
    @Test("A name may contain what separates the fields")
    func oddNames() throws {
        let line = "42 (a) b (c) S 7 42 42 0 -1 4194304 100 0 0 0 5 6 7 8 20 0 1 0 250 4096 3"
        let record = try #require(ProcessRecord(stat: line.utf8))
        #expect(record.processID == 42)
        #expect(record.name == "a) b (c")
        #expect(record.parentID == 7)
        #expect(!record.isZombie)
        #expect(record.clockTicks == 26)
        #expect(record.startTime == .milliseconds(2500))
        #expect(record.residentMemory.isMultiple(of: 3 * 4096) && record.residentMemory > 0)
    }

    @Test(arguments: ["", "42", "42 (x", "42 (x) S", "x (y) S 1 2"])
    func rubbishIsNoRecord(_ line: String) {
        #expect(ProcessRecord(stat: line.utf8) == nil)
    }

    @Test func ownProcess() throws {
        let record = try #require(ProcessRecord(of: CurrentProcess.identifier))
        #expect(record.processID == CurrentProcess.identifier)
        #expect(record.parentID == CurrentProcess.parentIdentifier)
    }
}
