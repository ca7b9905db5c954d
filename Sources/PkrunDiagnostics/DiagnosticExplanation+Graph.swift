// Who waits for whom.

extension DiagnosticExplanation {
    static let unknownDependency = DiagnosticExplanation(
        "a dependency on nothing",
        """
        The job waits for another that does not exist.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: [dp] }
              db: { command: postgres, ready: { tcp: 5432 } }
            """,
        right: """
            jobs:
              web: { command: ./web, depends_on: [db] }
              db: { command: postgres, ready: { tcp: 5432 } }
            """
    )

    static let selfDependency = DiagnosticExplanation(
        "a job that waits for itself",
        """
        It would never start.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: [web] }
            """,
        right: """
            jobs:
              web: { command: ./web }
            """
    )

    static let duplicateDependency = DiagnosticExplanation(
        "a dependency that stands twice",
        """
        Name each job once, with the condition that is meant.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: [db, db] }
              db: { command: postgres, ready: { tcp: 5432 } }
            """,
        right: """
            jobs:
              web: { command: ./web, depends_on: [db] }
              db: { command: postgres, ready: { tcp: 5432 } }
            """
    )

    static let dependencyCycle = DiagnosticExplanation(
        "jobs that wait for each other",
        """
        None of them would ever start. Follow the circle in the message, and take out the dependency that is
        not needed.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: [worker] }
              worker: { command: ./worker, depends_on: [web] }
            """,
        right: """
            jobs:
              web: { command: ./web }
              worker: { command: ./worker, depends_on: [web] }
            """
    )

    static let impossibleCondition = DiagnosticExplanation(
        "a condition that is hardly ever met",
        """
        A service is to be ready and stay up, a task is to succeed. Waiting for a service to succeed, or for
        a task that has no 'ready' to be ready, is waiting in vain.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: { db: succeeded } }
              db: { command: postgres, ready: { tcp: 5432 } }
            """,
        right: """
            jobs:
              web: { command: ./web, depends_on: { db: ready } }
              db: { command: postgres, ready: { tcp: 5432 } }
            """
    )

    static let unknownJob = DiagnosticExplanation(
        "a job that is not in the manifest",
        """
        The command line names a job that does not exist. 'pkrun graph' shows those that do.
        """
    )
}
