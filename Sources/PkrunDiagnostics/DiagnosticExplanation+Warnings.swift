// What is legal, and surely not meant.

extension DiagnosticExplanation {
    static let unmatchableLine = DiagnosticExplanation(
        "a readiness line that never comes",
        """
        The pattern is searched for in single lines, from which line breaks and the colour codes of
        terminals are removed. A pattern that asks for one of those never matches, and the service never
        counts as ready.
        """,
        wrong: """
            jobs:
              web:
                command: ./web
                ready:
                  line: |
                    listening on
                  timeout: 30s
            """,
        right: """
            jobs:
              web:
                command: ./web
                ready:
                  line: listening on
                  timeout: 30s
            """
    )

    static let sharedPort = DiagnosticExplanation(
        "one port for two jobs",
        """
        Two jobs are ready when something accepts connections at the same address. The one that comes first
        answers for both, and the other cannot bind the port.
        """,
        wrong: """
            jobs:
              web: { command: ./web, ready: { tcp: 8080 } }
              admin: { command: ./admin, ready: { tcp: 8080 } }
            """,
        right: """
            jobs:
              web: { command: ./web, ready: { tcp: 8080 } }
              admin: { command: ./admin, ready: { tcp: 8081 } }
            """
    )

    static let endlessOptional = DiagnosticExplanation(
        "an optional service that keeps the run from ending",
        """
        A service that nobody depends on is a goal of its own: the run goes on until somebody stops it.
        Beside tasks whose end would be the end of the run, an optional service is hardly meant to do that.
        """,
        wrong: """
            jobs:
              test: { command: ./test }
              viewer: { command: ./viewer, ready: { tcp: 8080 }, optional: true }
            """,
        right: """
            jobs:
              test: { command: ./test, depends_on: { viewer: started } }
              viewer: { command: ./viewer, ready: { tcp: 8080 }, optional: true }
            """
    )

    static let unreachableLimit = DiagnosticExplanation(
        "a limit that another one forestalls",
        """
        A silence longer than the longest execution never happens, and neither does a probe that is repeated
        only after the time for getting ready is over.
        """,
        wrong: """
            jobs:
              test: { command: ./test, timeout: 1m, idle_timeout: 5m }
            """,
        right: """
            jobs:
              test: { command: ./test, timeout: 5m, idle_timeout: 1m }
            """
    )

    static let optionalDependency = DiagnosticExplanation(
        "a required job that needs an optional one",
        """
        The failure of an optional job does not count, except that whoever depends on its success is skipped
        then, and that does count. Either both are optional or none, or the condition allows a failure.
        """,
        wrong: """
            jobs:
              lint: { command: ./lint, optional: true }
              test: { command: ./test, depends_on: [lint] }
            """,
        right: """
            jobs:
              lint: { command: ./lint, optional: true }
              test: { command: ./test, depends_on: { lint: completed } }
            """
    )

    static let uselessStep = DiagnosticExplanation(
        "a step behind the kill",
        """
        SIGKILL to the whole tree leaves nothing for the steps behind it. It always comes last, without
        being asked for.
        """,
        wrong: """
            jobs:
              web:
                command: ./web
                stop: [{ signal: KILL }, { signal: TERM, wait: 5s }]
            """,
        right: """
            jobs:
              web:
                command: ./web
                stop: [{ signal: TERM, wait: 5s }]
            """
    )

    static let notHonoured = DiagnosticExplanation(
        "something of another tool's manifest that is not honoured",
        """
        A process-compose.yaml or a Procfile runs as it is, as far as pkrun can do what it says. Here it
        cannot, or the other tool itself would ignore what stands there. 'pkrun import' writes the manifest
        in pkrun's own language.
        """,
        wrong: """
            is_strict: true
            processes:
              web: { command: ./web, schedule: { cron: "0 2 * * *" } }
            """,
        right: """
            is_strict: true
            processes:
              web: { command: ./web }
            """
    )
}
