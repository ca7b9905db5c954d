internal import Testing

@testable import ProcessKit

/// The library's own thread is for the library alone: who keeps it holds up everybody.
@Suite struct CallerThreadTests {
    private static var isOnLibraryThread: Bool { ProcessThread.shared.executor.isCurrent }

    @ProcessThread private static func isInside() -> Bool { isOnLibraryThread }

    @Test("What a caller does after a call is not done on the library's thread")
    func detached() async throws {
        let task = Task.detached {
            for _ in 0..<20 {
                _ = try await Command("true").output()
                #expect(!Self.isOnLibraryThread)
                let process = try await Command("true").start()
                #expect(!Self.isOnLibraryThread)
                _ = try await process.result()
                #expect(!Self.isOnLibraryThread)
                // It has ended: nothing is waited for.
                await process.kill()
                #expect(!Self.isOnLibraryThread)
                _ = try await process.result()
                #expect(!Self.isOnLibraryThread)
                for await _ in process.lines {}
                #expect(!Self.isOnLibraryThread)
            }
        }
        try await task.value
        #expect(await Self.isInside())
        #expect(!Self.isOnLibraryThread)
    }

    @Test("Nor is what an actor does")
    @MainActor func onAnActor() async throws {
        _ = try await (Command("echo", ["one"]) | Command("cat")).output()
        #expect(!Self.isOnLibraryThread)
        await #expect(throws: ProcessError.self) { try await Command("/no/such/program").output() }
        #expect(!Self.isOnLibraryThread)
    }
}
