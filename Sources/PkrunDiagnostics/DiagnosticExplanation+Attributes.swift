// What the kernel gives a job.

extension DiagnosticExplanation {
    static let invalidMask = DiagnosticExplanation(
        "not a file mode creation mask",
        """
        The permissions that new files do not get, in octal digits: umask(2). Put it in quotes, with a zero in
        front: readers of YAML disagree about the value of 022, and nobody can tell what 22 is meant to be.
        """,
        wrong: """
            jobs:
              hello: { command: touch hello, umask: 22 }
            """,
        right: """
            jobs:
              hello: { command: touch hello, umask: '022' }
            """
    )

    static let invalidSize = DiagnosticExplanation(
        "not a size",
        """
        A whole number of bytes, or of K, M, G or T, each 1024 times the one before.
        """,
        wrong: """
            jobs:
              web: { command: ./web, log: { max_size: ten megabytes } }
            """,
        right: """
            jobs:
              web: { command: ./web, log: { max_size: 10M } }
            """
    )

    static let invalidProcessors = DiagnosticExplanation(
        "not a list of processors",
        """
        The numbers of the processors that the job may run on, as text or as a list, from 0 to 1023. How much
        of their time it gets is another matter: 'resources' limits that.
        """,
        wrong: """
            jobs:
              web: { command: ./web, cpus: 0.5 }
            """,
        right: """
            jobs:
              web: { command: ./web, resources: { cpus: 0.5 } }
            """
    )

    static let limitWithoutCgroup = DiagnosticExplanation(
        "a limit that the containment cannot keep",
        """
        'resources' limits what all processes of a job together use. The kernel counts that in cgroups alone,
        and needs the controllers 'memory', 'pids' and 'cpu' for it: 'pkrun doctor' says which are to be had
        here. Under another containment, or where one is missing, the job would run without its limits. That is
        refused, unless 'enforce: best-effort' allows it.
        """,
        wrong: """
            containment: subreaper
            jobs:
              web: { command: ./web, resources: { memory: 1G } }
            """,
        right: """
            containment: subreaper
            jobs:
              web: { command: ./web, resources: { memory: 1G, enforce: best-effort } }
            """
    )
}
