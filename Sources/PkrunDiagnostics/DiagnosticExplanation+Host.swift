// What the machine says.

extension DiagnosticExplanation {
    static let unknownUser = DiagnosticExplanation(
        "a user that is not known",
        """
        'user' takes a name or a number that this machine knows.
        """,
        wrong: """
            jobs:
              web: { command: ./web, user: nobody-here }
            """,
        right: """
            jobs:
              web: { command: ./web, user: root }
            """
    )

    static let unknownGroup = DiagnosticExplanation(
        "a group that is not known",
        """
        'group' takes a name that this machine knows, or any number.
        """,
        wrong: """
            jobs:
              web: { command: ./web, group: nobody-here }
            """,
        right: """
            jobs:
              web: { command: ./web, group: '0' }
            """
    )

    static let needsRoot = DiagnosticExplanation(
        "something that only root can do",
        """
        To run a job as another user, pkrun has to be run as root.
        """,
        wrong: """
            jobs:
              web: { command: ./web, user: root }
            """,
        right: """
            jobs:
              web: { command: ./web }
            """
    )

    static let unreadableFile = DiagnosticExplanation(
        "a file that cannot be read",
        """
        An environment file does not exist or may not be read. One that need not exist can be marked so.
        """,
        wrong: """
            env_file: missing.env
            jobs:
              web: { command: ./web }
            """,
        right: """
            env_file: [{ path: missing.env, required: false }]
            jobs:
              web: { command: ./web }
            """
    )

    static let invalidEnvironmentFile = DiagnosticExplanation(
        "an environment file that cannot be read to its end",
        """
        Each line is NAME=value, a comment that begins with '#', or empty. A value in quotes ends with the
        same quote.
        """,
        wrong: """
            env_file: local.env
            jobs:
              web: { command: ./web }
            """,
        right: """
            jobs:
              web: { command: ./web, env: { GREETING: "it's" } }
            """,
        environmentFile: """
            GREETING='it's'
            """
    )

    static let inclusionCycle = DiagnosticExplanation(
        "files that include each other",
        """
        A manifest includes itself, directly or through others. Files that several need can be included by
        each of them, as long as there is no circle.
        """,
        wrong: """
            include: [jobs.yaml]
            jobs:
              web: { command: ./web }
            """,
        right: """
            jobs:
              web: { command: ./web }
            """
    )
}
