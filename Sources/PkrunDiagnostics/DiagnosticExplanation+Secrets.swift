// Values that nobody is to see.

extension DiagnosticExplanation {
    static let misplacedSecret = DiagnosticExplanation(
        "a secret where everybody can see it",
        """
        Commands, paths and probes are shown by config, events and ps. A secret reaches a job by its
        environment: name it in the value of a variable. What the job writes of it is shown as ***.
        """,
        wrong: """
            secrets: { TOKEN: { env: HOME } }
            jobs:
              push: { command: 'curl -H "Authorization: ${TOKEN}" localhost' }
            """,
        right: """
            secrets: { TOKEN: { env: HOME } }
            jobs:
              push:
                command: 'curl -H "Authorization: $TOKEN" localhost'
                env: { TOKEN: '${TOKEN}' }
            """
    )

    static let missingSecret = DiagnosticExplanation(
        "a secret that is not there",
        """
        The variable that holds the secret is not set, its file cannot be read, or there is nothing in it.
        """,
        wrong: """
            secrets: { TOKEN: { env: NO_SUCH_VARIABLE } }
            jobs:
              hello: { command: echo hello, env: { TOKEN: '${TOKEN}' } }
            """,
        right: """
            secrets: { TOKEN: { env: HOME } }
            jobs:
              hello: { command: echo hello, env: { TOKEN: '${TOKEN}' } }
            """
    )
}
