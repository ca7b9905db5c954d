internal import PkrunSystem
internal import Testing

@Suite struct DescriptorTests {
    @Test func pipeCarriesEveryByte() throws {
        let pipe = try Pipe()
        let bytes = (0...255).map { UInt8($0) }
        try pipe.writeEnd.borrowed.writeAll(bytes.span)
        let readEnd = pipe.split { readEnd, _ in readEnd }
        #expect(try readEnd.borrowed.readAll() == bytes)
    }

    @Test("A read that would wait says so instead of failing")
    func nothingToReadYet() throws {
        let pipe = try Pipe()
        try pipe.readEnd.borrowed.setNonblocking(true)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(try pipe.readEnd.borrowed.read(into: &buffer) == nil)
        try pipe.writeEnd.borrowed.writeAll("x")
        #expect(try pipe.readEnd.borrowed.read(into: &buffer) == 1)
    }

    @Test func writeAllWaitsForAFullPipe() throws {
        let pipe = try Pipe()
        try pipe.writeEnd.borrowed.setNonblocking(true)
        let full = [UInt8](repeating: 7, count: 4096)
        while try pipe.writeEnd.borrowed.write(full.span) != nil {}
        var buffer = [UInt8](repeating: 0, count: 65536)
        #expect(try pipe.readEnd.borrowed.read(into: &buffer) == 65536)
        try pipe.writeEnd.borrowed.writeAll("more")
        #expect(try pipe.readEnd.borrowed.read(into: &buffer) == 4)
    }

    @Test("An owned descriptor closes once, and not when it was given away")
    func ownership() throws {
        var number: Int32 = -1
        do {
            let owned = try OwnedDescriptor.open("/dev/null", .readOnly)
            number = owned.release()
        }
        let taken = OwnedDescriptor(taking: number)
        #expect(throws: Never.self) { try FileStatus(of: taken.borrowed) }
    }

    @Test("A lock belongs to the open file, not to the process")
    func locks() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let first = try OwnedDescriptor.open(path, [.readWrite, .create])
        let second = try OwnedDescriptor.open(path, .readWrite)
        let copy = try first.borrowed.duplicate()
        #expect(try first.borrowed.tryLock())
        #expect(try !second.borrowed.tryLock())
        #expect(try copy.borrowed.tryLock())
    }
}
