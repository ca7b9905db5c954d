internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Which descriptors a new process has beside its three streams.
@Suite struct SpawnDescriptorTests {
    @Test("Numbers may be those of other descriptors here", arguments: Engine.mechanisms)
    func overlappingNumbers(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let first = try Self.file("first")
        let second = try Self.file("second")
        let (a, b) = (first.number, second.number)
        let text = try engine.output { write in
            // Those two change places, one of them is there twice, and the pipe's number is taken by another.
            let script = "for fd in \(a) \(b) 3 \(write); do cat /proc/self/fd/$fd; done"
            var request = engine.request(["sh", "-c", script], output: write)
            request.extraDescriptors = [a: b, b: a, 3: a, write: b]
            return request
        }
        #expect(text == "second\nfirst\nfirst\nsecond\n")
    }

    @Test(arguments: Engine.mechanisms)
    func nothingBetweenThem(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let null = try OwnedDescriptor.open("/dev/null", .readOnly)
        let text = try engine.output { write in
            var request = engine.request(["ls", "-x", "/proc/self/fd"], output: write)
            request.extraDescriptors = [5: null.number, 6: null.number, 900: write, 9: write]
            return request
        }
        // ls has its own one, of the directory that it reads.
        #expect(Set(text.split { $0.isWhitespace }) == ["0", "1", "2", "3", "5", "6", "9", "900"])
    }

    @Test(arguments: Engine.mechanisms)
    func whatIsNotOpenFailsTheStart(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        var request = engine.request(["true"])
        request.extraDescriptors = [3: 1_000_000, 4: 0]
        var error = try #require(throws: SpawnError.self) { try engine.start(request) }
        #expect(error.step == .extraDescriptors)
        #expect(error.subject == "3 4")
        // The streams have their own place in the request.
        request.extraDescriptors = [2: 0]
        error = try #require(throws: SpawnError.self) { try engine.start(request) }
        #expect(error == SpawnError(step: .extraDescriptors, subject: "2", errorNumber: ErrorNumber.invalid))
    }

    /// A file with one line that nobody can find.
    private static func file(_ text: String) throws -> OwnedDescriptor {
        let path = "/tmp/pkrun-test-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let file = try OwnedDescriptor.open(path, [.readWrite, .create, .exclusive], mode: 0o600)
        try FileSystem.removeFile(path)
        try file.borrowed.writeAll("\(text)\n")
        return file
    }
}
