// Expressions, keys and shapes.

extension DiagnosticExplanation {
    static let invalidInterpolation = DiagnosticExplanation(
        "an expression that cannot be read",
        """
        Behind '${' stands the name of a variable, then '}' or one of ':-', '-', ':?', '?', ':+', '+' with a
        text. Expressions of the shell need a second dollar sign: '$$' is a dollar.
        """,
        wrong: """
            jobs:
              hello: { command: 'echo ${#PATH}' }
            """,
        right: """
            jobs:
              hello: { command: 'echo $${#PATH}' }
            """
    )

    static let unsetVariable = DiagnosticExplanation(
        "a variable that is not set",
        """
        '${NAME}' is replaced before anything starts, by a variable of the environment that pkrun runs in.
        Give it a default, or leave it to the shell with '$NAME' or '$${NAME}'.
        """,
        wrong: """
            jobs:
              web: { command: './web --port ${PORT}' }
            """,
        right: """
            jobs:
              web: { command: './web --port ${PORT:-8080}' }
            """
    )

    static let requiredVariable = DiagnosticExplanation(
        "a required variable",
        """
        '${NAME:?text}' says that the manifest makes no sense without the variable. Set it before starting
        pkrun.
        """,
        wrong: """
            jobs:
              deploy: { command: './deploy ${TARGET:?where to?}' }
            """,
        right: """
            jobs:
              deploy: { command: './deploy ${TARGET:-staging}' }
            """
    )

    static let unknownKey = DiagnosticExplanation(
        "an unknown key",
        """
        The key means nothing here, so what stands behind it would have no effect. Keys that begin with 'x-'
        are free for your own use.
        """,
        wrong: """
            jobs:
              hello: { comand: echo hello }
            """,
        right: """
            jobs:
              hello: { command: echo hello }
            """
    )

    static let unsupportedKey = DiagnosticExplanation(
        "a key that is not supported yet",
        """
        The key belongs to the language, and this version of pkrun does not know it yet. Rather than ignore
        it, it says so.
        """,
        wrong: """
            jobs:
              web: { command: ./web, env_file: [{ path: web.env, required: false, format: raw }] }
            """,
        right: """
            jobs:
              web: { command: ./web, env_file: [{ path: web.env, required: false }] }
            """
    )

    static let conflictingKeys = DiagnosticExplanation(
        "keys that cannot stand together",
        """
        Some keys have short forms and the spellings of other tools. Together in one place they would
        contradict each other.
        """,
        wrong: """
            jobs:
              web:
                command: ./web
                run: ./web --debug
            """,
        right: """
            jobs:
              web:
                command: ./web --debug
            """
    )

    static let wrongType = DiagnosticExplanation(
        "a value of the wrong shape",
        """
        Text, a list or a map stands where something else is expected, or nothing at all.
        """,
        wrong: """
            jobs:
              web:
                command: ./web
                ready: 8080
            """,
        right: """
            jobs:
              web:
                command: ./web
                ready: { tcp: 8080 }
            """
    )

    static let missingKey = DiagnosticExplanation(
        "something is missing",
        """
        A job needs a command, a manifest needs jobs, and some maps have a key without which they say
        nothing.
        """,
        wrong: """
            jobs:
              web: { env: { PORT: '8080' } }
            """,
        right: """
            jobs:
              web: { command: ./web, env: { PORT: '8080' } }
            """
    )
}
