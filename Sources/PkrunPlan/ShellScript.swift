internal import PkrunManifest

/// Commands that are written as a string.
package enum ShellScript {
    package static let defaultShell = ["sh", "-ec"]

    /// The words of a script that the shell would only split at spaces and execute; `nil` for every other.
    ///
    /// A shell in between doubles the cost of a short job. It is left out only where nobody could tell: all characters
    /// mean nothing to any shell, and the first word names a program, not something that the shell does itself.
    package static func simpleCommand(_ script: String) -> [String]? {
        guard script.utf8.allSatisfy(isInert) else { return nil }
        let words = script.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        // With '=' in it, the first word would be an assignment; with '/', a script that names no interpreter, which
        // the shell runs itself.
        guard let program = words.first, !program.utf8.contains(where: { "=/".utf8.contains($0) }),
            !shellWords.contains(program)
        else { return nil }
        return words
    }

    private static func isInert(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || " _-./+,:@%=".utf8.contains(byte)
    }

    /// Reserved words and built-in commands of dash and bash; dash(1), bash(1).
    private static let shellWords: Set<String> = [
        ".", ":", "alias", "bg", "bind", "break", "builtin", "caller", "case", "cd", "chdir", "command", "compgen",
        "complete", "compopt", "continue", "coproc", "declare", "dirs", "disown", "do", "done", "echo", "elif", "else",
        "enable", "esac", "eval", "exec", "exit", "export", "false", "fc", "fg", "fi", "for", "function", "getopts",
        "hash", "help", "history", "if", "in", "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf",
        "pushd", "pwd", "read", "readarray", "readonly", "return", "select", "set", "shift", "shopt", "source",
        "suspend", "test", "then", "time", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias",
        "unset", "until", "wait", "while",
    ]
}
