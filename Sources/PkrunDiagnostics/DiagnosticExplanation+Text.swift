// What is wrong with the text as such.

extension DiagnosticExplanation {
    static let tooLarge = DiagnosticExplanation(
        "the file is too large",
        """
        A manifest is written by people. What is larger than 8 MB is refused before it is looked at.
        Generated manifests of that size can be split into several files.
        """
    )

    static let invalidEncoding = DiagnosticExplanation(
        "not UTF-8 text",
        """
        A manifest is UTF-8 text without control characters, except tab and line breaks. The byte in
        question was probably written by an editor set to another encoding, or the file is not text at all.
        """
    )

    static let emptyManifest = DiagnosticExplanation(
        "an empty manifest",
        """
        There is nothing in the file but blanks and comments. The least that a manifest has is one job.
        """,
        wrong: """
            # nothing yet
            """,
        right: """
            jobs:
              hello: { command: echo hello }
            """
    )

    static let syntax = DiagnosticExplanation(
        "not YAML",
        """
        The text does not follow the grammar of YAML from this place on. Most often a value has ': ' or '#'
        in it and needs quotes, a quote is not closed, or a line is indented differently from its
        neighbours.
        """,
        wrong: """
            jobs:
              hello:
                command: echo "hello: world" and: more
            """,
        right: """
            jobs:
              hello:
                command: 'echo "hello: world" and: more'
            """
    )

    static let tabIndentation = DiagnosticExplanation(
        "a tab as indentation",
        """
        YAML is indented with spaces only.
        """,
        wrong: """
            jobs:
            	hello: { command: echo hello }
            """,
        right: """
            jobs:
              hello: { command: echo hello }
            """
    )

    static let severalDocuments = DiagnosticExplanation(
        "several documents in one file",
        """
        A line '---' begins a second YAML document. A manifest is one document.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello }
            ---
            jobs:
              world: { command: echo world }
            """,
        right: """
            jobs:
              hello: { command: echo hello }
              world: { command: echo world }
            """
    )

    static let tag = DiagnosticExplanation(
        "a YAML tag",
        """
        A word that begins with '!' is a tag, which gives a value a type. The keys of a manifest decide
        that. A value that begins with '!' needs quotes.
        """,
        wrong: """
            jobs:
              hello: { command: !shell echo }
            """,
        right: """
            jobs:
              hello: { command: '!shell echo' }
            """
    )

    static let unknownAnchor = DiagnosticExplanation(
        "an alias without its anchor",
        """
        '*name' repeats what stands behind '&name', and the anchor has to stand earlier in the same file. A
        value that begins with '*' needs quotes.
        """,
        wrong: """
            jobs:
              hello: { command: *greeting }
            """,
        right: """
            x-greeting: &greeting echo hello
            jobs:
              hello: { command: *greeting }
            """
    )

    static let tooComplex = DiagnosticExplanation(
        "too deep or too much",
        """
        Lists and maps may be nested 50 deep, and with all aliases expanded there may be 500,000 values and
        16 MB of text. Aliases of aliases grow beyond that quickly.
        """,
        wrong: """
            jobs:
              hello:
                command: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
            """,
        right: """
            jobs:
              hello:
                command: [echo, hello]
            """
    )

    static let duplicateKey = DiagnosticExplanation(
        "a key that stands twice",
        """
        The keys of a map are unique. Readers of YAML that allow the second silently forget the first.
        """,
        wrong: """
            jobs:
              web: { command: ./web }
              web: { command: ./worker }
            """,
        right: """
            jobs:
              web: { command: ./web }
              worker: { command: ./worker }
            """
    )

    static let invalidKey = DiagnosticExplanation(
        "a key that is not text",
        """
        A key is a word, not a list or a map.
        """,
        wrong: """
            jobs:
              hello: { command: echo hello }
              [a, b]: { command: echo a }
            """,
        right: """
            jobs:
              hello: { command: echo hello }
              a: { command: echo a }
            """
    )

    static let invalidMergeKey = DiagnosticExplanation(
        "not something that can be merged",
        """
        '<<' brings the entries of another map into this one, so a map must stand behind it: an alias of
        one, or a list of such.
        """,
        wrong: """
            x-env: &env production
            jobs:
              hello: { <<: *env, command: echo hello }
            """,
        right: """
            x-env: &env { env: { MODE: production } }
            jobs:
              hello: { <<: *env, command: echo hello }
            """
    )

    static let nulCharacter = DiagnosticExplanation(
        "a NUL character in a value",
        """
        Arguments, variables and paths end at a NUL character as far as the kernel is concerned, so none of
        them can contain one.
        """,
        wrong: #"""
            jobs:
              hello: { command: [printf, "a\0b"] }
            """#,
        right: #"""
            jobs:
              hello: { command: [printf, 'a\0b'] }
            """#
    )

    static let tooManyProblems = DiagnosticExplanation(
        "more problems than are shown",
        """
        200 problems are told at once. Put the first of them right, and look again.
        """
    )
}
