import ProcessKit

// Two services that belong together, a question to one of them, an orderly end; then many commands at once, and one that
// needs a second chance.

let group = try await ProcessGroup()
print("kept together by \(group.mechanism.rawValue): \(group.mechanism.guarantee)")

var echo = Command("cat")
echo.standardInput = .writer
let server = try await group.start(echo)

let ticker = try await group.start(
    Command(shell: "trap 'echo bye; exit 0' TERM; while :; do echo tick; sleep 0.1; done")
)
try await ticker.waitForLine(within: .seconds(5)) { $0.text == "tick" }

try await server.write("hello\n")
let answer = try await server.waitForLine(within: .seconds(5)) { _ in true }
print("the server says: \(answer.text)")

for member in await group.members() { print("  \(member.processID)  \(member.command)") }

let report = await group.stop(grace: .seconds(2))
print(report.drained ? "all have ended when they were asked to" : "some had to be killed")
for await line in ticker.lines where line.text == "bye" { print("the ticker says: \(line.text)") }

let squares = (1...6).map { Command(shell: "sleep 0.1; echo $(( \($0) * \($0) ))") }
for result in try await Batch(squares, concurrency: 3).outputs() {
    print("a square: \(try result.get().text)", terminator: "")
}

let divisible = Command(shell: "[ $(( $$ % 3 )) = 0 ]")
let lucky = try await divisible.output(
    retrying: RetryPolicy(attempts: 50, backoff: Backoff(initial: .milliseconds(5), maximum: .milliseconds(20)))
)
print("a process number that three divides was \(lucky.result.isSuccess ? "found" : "not found")")
