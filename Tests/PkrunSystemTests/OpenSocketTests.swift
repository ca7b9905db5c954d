import Testing

@testable import PkrunSystem

/// Lines of the kernel's tables, as they were seen.
@Suite struct OpenSocketTests {
    @Test(arguments: [
        ("0100007F:1538 00000000:0000 0A", OpenSocket.listening("127.0.0.1:5432")),
        ("0100007F:C350 0201A8C0:1538 01", .connected(to: "192.168.1.2:5432")),
        ("0100007F:C350 0201A8C0:1538 02", .connecting(to: "192.168.1.2:5432")),
        ("0100007F:C350 0201A8C0:1538 08", .abandoned(by: "192.168.1.2:5432")),
        ("00000000:0035 00000000:0000 07", .receiving("0.0.0.0:53")),
        ("\(zeros)01000000:0050 \(zeros)00000000:0000 0A", .listening("[::1]:80")),
        (
            "0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:1538 01",
            .connected(to: "127.0.0.1:5432")
        ),
    ])
    func internet(fields: String, socket: OpenSocket) throws {
        let line = "   0: \(fields) 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0"
        let read = try #require(OpenSocket.Table.tcp.read(line.utf8))
        #expect(read.inode == 4242)
        #expect(read.1 == socket)
    }

    @Test(arguments: [
        ("00010000 0001 01 4242 /run/my server.sock", OpenSocket.listening("/run/my server.sock")),
        ("00000000 0001 03 4242 /run/server.sock", .connected(to: "/run/server.sock")),
    ])
    func path(fields: String, socket: OpenSocket) throws {
        let read = try #require(OpenSocket.Table.unix.read("0000000000000000: 00000002 00000000 \(fields)".utf8))
        #expect(read.inode == 4242)
        #expect(read.1 == socket)
    }

    @Test func whatSaysNothingIsPassedOver() {
        let waiting = "0: 0100007F:1538 0100007F:C350 06 00000000:00000000 00:00000000 00000000 0 0 0 1"
        let cut = "0: 0100:1538 00000000:0000 01 00000000:00000000 00:00000000 00000000 0 0 1 1"
        let heading = "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode"
        for line in [waiting, cut, heading, "", "0: x y 01"] {
            #expect(OpenSocket.Table.tcp.read(line.utf8) == nil)
        }
        let nameless = "0000000000000000: 00000003 00000000 00000000 0001 03 4242"
        for line in [nameless, "Num RefCount Protocol Flags Type St Inode Path", ""] {
            #expect(OpenSocket.Table.unix.read(line.utf8) == nil)
        }
    }
}

private let zeros = String(repeating: "0", count: 24)
