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

    static let unknownProfile = DiagnosticExplanation(
        "a profile that no job belongs to",
        """
        The command line asks for a profile that stands in no job's 'profiles'.
        """
    )

    static let disabledDependency = DiagnosticExplanation(
        "a dependency on a disabled job",
        """
        A job that is disabled runs only when the command line names it. Nothing that runs can wait for it.
        """,
        wrong: """
            jobs:
              web: { command: ./web, depends_on: [db] }
              db: { command: postgres, ready: { tcp: 5432 }, disabled: true }
            """,
        right: """
            jobs:
              web: { command: ./web }
              db: { command: postgres, ready: { tcp: 5432 }, disabled: true }
            """
    )

    static let unknownBase = DiagnosticExplanation(
        "an extension of nothing",
        """
        'extends' names a job of the same file, or of another: { file: base.yaml, job: web }. A fragment for
        several jobs can be a job of its own that is disabled, or stand under 'defaults'.
        """,
        wrong: """
            jobs:
              web: { extends: base, command: ./web }
            """,
        right: """
            jobs:
              base: { command: ./base, disabled: true }
              web: { extends: base, command: ./web }
            """
    )

    static let extensionCycle = DiagnosticExplanation(
        "jobs that extend each other",
        """
        A job takes over the keys of the one that it extends. In a circle there is no first.
        """,
        wrong: """
            jobs:
              web: { extends: worker, command: ./web }
              worker: { extends: web }
            """,
        right: """
            jobs:
              web: { command: ./web }
              worker: { extends: web }
            """
    )
}
