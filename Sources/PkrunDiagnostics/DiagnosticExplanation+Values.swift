// Single values.

extension DiagnosticExplanation {
    static let invalidNumber = DiagnosticExplanation(
        "not a number",
        """
        A whole number in decimal digits is expected.
        """,
        wrong: """
            concurrency: two
            jobs:
              hello: { command: echo hello }
            """,
        right: """
            concurrency: 2
            jobs:
              hello: { command: echo hello }
            """
    )

    static let invalidBoolean = DiagnosticExplanation(
        "neither true nor false",
        """
        'true', 'yes' and 'on', or 'false', 'no' and 'off'.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello, optional: maybe }
            """,
        right: """
            jobs:
              hello: { command: echo hello, optional: true }
            """
    )

    static let invalidDuration = DiagnosticExplanation(
        "not a duration",
        """
        Whole numbers with units, from the largest to the smallest: h, m, s, ms, us, ns. A number without a
        unit could be anything. Where zero would make no sense, it is refused too.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello, timeout: 90 }
            """,
        right: """
            jobs:
              hello: { command: echo hello, timeout: 1m30s }
            """
    )

    static let invalidSignal = DiagnosticExplanation(
        "not a signal",
        """
        A name such as TERM or SIGTERM, or a number from 1 to 64.
        """,
        wrong: """
            jobs:
              web: { command: ./web, stop_signal: STOPP }
            """,
        right: """
            jobs:
              web: { command: ./web, stop_signal: INT }
            """
    )

    static let invalidWord = DiagnosticExplanation(
        "not one of the possible words",
        """
        The key takes one of a few words.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello, leaks: ignore }
            """,
        right: """
            jobs:
              hello: { command: echo hello, leaks: warn }
            """
    )

    static let invalidName = DiagnosticExplanation(
        "not a name for a job",
        """
        Names of jobs become names of files and words of commands: letters, digits, '.', '_' and '-', at
        most 100 bytes, not beginning with '-' or '.'.
        """,
        wrong: """
            jobs:
              'say hello': { command: echo hello }
            """,
        right: """
            jobs:
              say-hello: { command: echo hello }
            """
    )

    static let invalidVariableName = DiagnosticExplanation(
        "not a name for a variable",
        """
        An environment variable has a name, and there is no '=' in it. In a list, every item is NAME=value.
        """,
        wrong: """
            jobs:
              hello: { command: env, env: [GREETING] }
            """,
        right: """
            jobs:
              hello: { command: env, env: [GREETING=hello] }
            """
    )

    static let invalidAddress = DiagnosticExplanation(
        "not an address",
        """
        A port from 1 to 65535, alone or behind a numeric address or 'localhost'. Other names would have to
        be looked up each time.
        """,
        wrong: """
            jobs:
              db: { command: postgres, ready: { tcp: 'db:5432' } }
            """,
        right: """
            jobs:
              db: { command: postgres, ready: { tcp: 'localhost:5432' } }
            """
    )

    static let invalidURL = DiagnosticExplanation(
        "not a URL that can be probed",
        """
        An http:// URL with a numeric address or 'localhost'. For anything else there is 'exec' with a
        client of your choice.
        """,
        wrong: """
            jobs:
              web: { command: ./web, ready: { http: 'https://localhost/health' } }
            """,
        right: """
            jobs:
              web: { command: ./web, ready: { exec: [curl, -fsS, 'https://localhost/health'] } }
            """
    )

    static let invalidPattern = DiagnosticExplanation(
        "not a regular expression",
        #"""
        The pattern of a readiness line is a regular expression, of at most 1000 bytes. Characters such as
        '(' that are meant literally need a '\' before them.
        """#,
        wrong: """
            jobs:
              web: { command: ./web, ready: { line: 'ready (http' } }
            """,
        right: #"""
            jobs:
              web: { command: ./web, ready: { line: 'ready \(http' } }
            """#
    )

    static let invalidStatus = DiagnosticExplanation(
        "not an HTTP status",
        """
        A number from 100 to 599, or a range of them.
        """,
        wrong: """
            jobs:
              web: { command: ./web, ready: { http: { url: 'http://localhost:80/', status: ok } } }
            """,
        right: """
            jobs:
              web: { command: ./web, ready: { http: { url: 'http://localhost:80/', status: 200-299 } } }
            """
    )

    static let invalidHeader = DiagnosticExplanation(
        "not an HTTP header",
        """
        A header's name is one word, and its value has no line breaks.
        """,
        wrong: """
            jobs:
              web: { command: ./web, ready: { http: { url: 'http://localhost:80/', headers: { 'X Probe': a } } } }
            """,
        right: """
            jobs:
              web: { command: ./web, ready: { http: { url: 'http://localhost:80/', headers: { X-Probe: a } } } }
            """
    )

    static let emptyCommand = DiagnosticExplanation(
        "a command without a program",
        """
        There is nothing to execute.
        """,
        wrong: """
            jobs:
              hello: { command: [] }
            """,
        right: """
            jobs:
              hello: { command: [echo, hello] }
            """
    )

    static let outOfRange = DiagnosticExplanation(
        "a number that is too small or too large",
        """
        The number is outside of what is possible. An exit code, for example, has eight bits.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello, success_exit_codes: [256] }
            """,
        right: """
            jobs:
              hello: { command: echo hello, success_exit_codes: [255] }
            """
    )
}
