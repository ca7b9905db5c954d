import PkrunPlan
import Testing

@Suite struct ShellScriptTests {
    @Test(arguments: [
        ("  make   -j2 ", ["make", "-j2"]),
        ("python3 -m http.server 8000", ["python3", "-m", "http.server", "8000"]),
        ("api --name=a,b:c@d%e+f", ["api", "--name=a,b:c@d%e+f"]),
        ("env A=1 ./api", ["env", "A=1", "./api"]),
        ("sleep 5", ["sleep", "5"]),
    ])
    func simpleCommandsNeedNoShell(script: String, words: [String]) {
        #expect(ShellScript.simpleCommand(script) == words)
    }

    @Test(arguments: [
        // What only a shell does.
        "a | b", "a > b", "a < b", "a; b", "a && b", "a & b", "(a)", "{ a; }", "a\nb", "a # b", "!a", "a `b`",
        // What a shell replaces.
        "echo2 $A", "ls *", "ls a?", "ls [ab]", "ls ~", "ls ~root", "a 'b c'", "a \"b\"", "a\\ b", "a{b,c}", "a=~",
        // What a shell is itself.
        "exit 3", "cd /tmp", ": nothing", "true", "false", "echo hello", "test -f a", ". ./env", "exec ./api",
        "export A", "set -x", "wait", "kill 1", "printf x", "pwd", "if", "time ls", "command ls", "umask 022",
        "source env", "trap", "ulimit", "read x", "eval ls", "type ls", "alias", "function", "in", "do",
        // A path may be that of a script without an interpreter.
        "./api", "/usr/local/bin/api --port 8080", "bin/api",
        // Assignments.
        "A=1", "A=1 ./api",
        // What looks harmless and is not surely so.
        "a\tb", "ls ^b", "é", "", "   ",
    ])
    func everythingElseIsTheShells(script: String) {
        #expect(ShellScript.simpleCommand(script) == nil)
    }
}
