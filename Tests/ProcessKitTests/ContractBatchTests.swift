internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Many commands, and one command many times: A13, A14.
@Suite struct ContractBatchTests {
    @Test(
        "A13: a batch keeps the order and its bound, and one failure is nothing to the others",
        arguments: Offered.mechanisms
    )
    func batch(_ mechanism: Mechanism) async throws {
        let place = try TemporaryPlace()
        // Each says how many are there with it.
        var commands = (0..<8).map { number in
            Command(shell: "cd '\(place.path)'; touch \(number); ls | wc -l; sleep 0.05; rm \(number); exit \(number)")
        }
        commands[5].executable = "/no/such/program"
        let results = try await Batch(commands, concurrency: 3).outputs(demanding: mechanism)
        #expect(results.count == 8)
        for (number, result) in results.enumerated() {
            if number == 5 {
                guard case .failure(.startFailed(let failure)) = result else {
                    Issue.record("a program that is not there was started")
                    continue
                }
                #expect(failure.step == .execute)
            } else {
                let output = try result.get()
                #expect(output.status == .exited(Int32(number)))
                let atOnce = try #require(Int(output.text.filter(\.isNumber)))
                #expect((1...3).contains(atOnce))
            }
        }
        #expect(try await Batch([], concurrency: 0).outputs(demanding: mechanism).isEmpty)
    }

    @Test(
        "A13: cancelling a batch ends what runs, starts no more, and keeps what is done",
        arguments: Offered.mechanisms
    )
    func cancelledBatch(_ mechanism: Mechanism) async throws {
        let marked = MarkedProcesses()
        var commands = [Command("echo", ["done"])]
        commands += Array(repeating: Command(shell: "setsid sleep 1000 & sleep 1000"), count: 5)
        for index in commands.indices { commands[index].environment = marked.environment }
        let batch = Batch(commands, concurrency: 2)
        let task = Task { try await batch.outputs(demanding: mechanism) }
        try await eventually { marked.living().count { $0.name == "sleep" } == 4 }
        task.cancel()
        let results = try await task.value
        #expect(marked.living().isEmpty)
        #expect(try results[0].get().text == "done\n")
        #expect(results.dropFirst().allSatisfy { $0 == .failure(.cancelled) })
    }

    @Test(
        "A batch whose demand cannot be met starts nothing",
        .enabled(if: Self.refused != nil, "all are to be had here")
    )
    func refusedBatch() async throws {
        await #expect(throws: ProcessError.self) {
            try await Batch([Command("true")], concurrency: 1).outputs(demanding: Self.refused)
        }
    }

    @Test("A14: runs again until the result will do, or there were enough")
    func retries() async throws {
        let place = try TemporaryPlace()
        var command = Command(shell: "echo x >> runs; n=$(wc -l < runs); echo $n; exit $((3 - n))")
        command.workingDirectory = place.path
        let backoff = Backoff(initial: .milliseconds(1))
        let output = try await command.output(retrying: RetryPolicy(attempts: 9, backoff: backoff))
        #expect(output.text == "3\n" && output.result.isSuccess)
        let spent = try await Command(shell: "exit 4").output(retrying: RetryPolicy(attempts: 2, backoff: backoff))
        #expect(spent.status == .exited(4))
        let picky = RetryPolicy(attempts: 9, backoff: backoff) { $0.text != "5\n" }
        #expect(try await command.output(retrying: picky).text == "5\n")
        await #expect(throws: ProcessError.self) {
            try await Command("/no/such/program").output(retrying: RetryPolicy(attempts: 9))
        }
    }

    @Test("A14: cancelling ends the pause before a retry")
    func cancelledRetry() async throws {
        let endless = RetryPolicy(attempts: .max, backoff: Backoff(initial: .seconds(1000), maximum: .seconds(1000)))
        let task = Task { try await Command("false").output(retrying: endless) }
        task.cancel()
        let outcome = await task.result
        #expect(throws: ProcessError.cancelled) { try outcome.get() }
    }

    private static let refused = [Mechanism.cgroup, .pidNamespace].first { !Engine.offers($0.rawValue) }
}
