internal import PkrunSystem
internal import Testing

@Suite struct AccountTests {
    @Test func rootIsThere() throws {
        let root = try #require(try Account.named("root"))
        #expect(root.userID == 0)
        #expect(try Account.numbered(0) == root)
        #expect(root.groups(primary: root.groupID).contains(root.groupID))
        #expect(try Group.named("root")?.groupID == 0)
    }

    @Test func strangersAreNoError() throws {
        #expect(try Account.named("no-such-user") == nil)
        #expect(try Group.named("no-such-group") == nil)
    }
}
