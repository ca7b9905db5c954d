internal import PkrunLogs
internal import PkrunTestSupport
internal import Testing

@Suite struct RedactorTests {
    private func redacted(_ chunks: [[UInt8]], _ secrets: [String]) -> String {
        var redactor = Redactor(secrets)
        var output: [UInt8] = []
        for chunk in chunks { output += redactor.redact(chunk.span) }
        return String(decoding: output + redactor.finish(), as: UTF8.self)
    }

    @Test(arguments: [
        ("nothing here", "nothing here"), ("s3cret", "***"), ("a s3cret and s3cret2", "a *** and ***"),
        ("s3cre", "s3cre"), ("s3s3cret", "s3***"), ("s3crets3cret", "******"), ("", ""),
    ])
    func secretsDoNotShow(text: String, expected: String) {
        #expect(redacted([Array(text.utf8)], ["s3cret", "s3cret2", ""]) == expected)
    }

    /// Wherever a stream is cut, the same comes out, and no byte else is lost.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func cutsMakeNoDifference(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func word(_ count: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: count, using: &random)).map { _ in "abc\n".randomElement(using: &random) ?? "a" }
            )
        }
        let secrets = (0..<3).map { _ in word(1...5) }
        let text = Array(word(0...60).utf8)
        var chunks: [[UInt8]] = []
        var rest = text[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(5, rest.count), using: &random)
            chunks.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        let whole = redacted([text], secrets)
        #expect(redacted(chunks, secrets) == whole)
        #expect(Redactor(secrets).redacted(String(decoding: text, as: UTF8.self)) == whole)
        for secret in secrets { #expect(!whole.contains(secret)) }
    }

    /// What may still become a secret is all that is held back.
    @Test func aPromptIsNotHeldBack() {
        var redactor = Redactor(["s3cret"])
        #expect(String(decoding: redactor.redact(Array("password: ".utf8).span), as: UTF8.self) == "password: ")
        #expect(String(decoding: redactor.redact(Array("as3".utf8).span), as: UTF8.self) == "a")
    }
}
