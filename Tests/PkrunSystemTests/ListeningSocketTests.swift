import PkrunSystem
import Testing

@Suite struct ListeningSocketTests {
    @Test func aLineOfTheKernelsTable() throws {
        let line =
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0"
        let socket = try #require(ListeningSocket(line: line.utf8))
        #expect(socket.port == 8080)
        #expect(socket.userID == 1000)
        #expect(socket.inode == 4242)
        let connected = line.replacing(" 0A ", with: " 01 ")
        #expect(ListeningSocket(line: connected.utf8) == nil)
        #expect(ListeningSocket(line: "  sl  local_address rem_address   st".utf8) == nil)
    }

    @Test func aLineOfVersion6() throws {
        let line =
            "  1: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 77 1"
        #expect(try #require(ListeningSocket(line: line.utf8)).port == 80)
    }
}
