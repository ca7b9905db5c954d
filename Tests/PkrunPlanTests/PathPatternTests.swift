internal import PkrunPlan
internal import Testing

@Suite struct PathPatternTests {
    @Test(arguments: [
        ("/p/src/**", "/p/src/a/b.c"), ("/p/src", "/p/src/a/b.c"), ("/p/*.c", "/p/x.c"), ("/p/**/*.c", "/p/x.c"),
        ("/p/**/*.c", "/p/a/b/x.c"), ("/p/[a-c]?.c", "/p/bz.c"), ("/p/[!a-c].c", "/p/d.c"), (#"/p\[1\]/a"#, "/p[1]/a"),
        ("/**/.git", "/p/.git/index"), ("/p/conf.yaml", "/p/conf.yaml"),
    ])
    func `what is meant matches`(pattern: String, path: String) {
        #expect(PathPattern(pattern).matches(path))
    }

    @Test(arguments: [
        ("/p/src/**", "/p/src"), ("/p/*.c", "/p/a/x.c"), ("/p/*.c", "/p/x.cc"), ("/p/[a-c].c", "/p/d.c"),
        ("/p/[!a-c].c", "/p/a.c"), ("/p/conf.yaml", "/p/conf.yaml~"), ("/**/.git", "/p/.gitignore"),
    ])
    func `nothing else does`(pattern: String, path: String) {
        #expect(!PathPattern(pattern).matches(path))
    }

    @Test func `directories are entered where something may be found`() {
        let pattern = PathPattern("/p/src/*/**/x.c")
        #expect(pattern.root == "/p/src")
        #expect(["/", "/p", "/p/src", "/p/src/a", "/p/src/a/b/c"].allSatisfy { pattern.reaches(into: $0) })
        #expect(["/q", "/p/doc"].allSatisfy { !pattern.reaches(into: $0) })
        #expect(!PathPattern("/p/*.c").reaches(into: "/p/sub"))
    }
}
