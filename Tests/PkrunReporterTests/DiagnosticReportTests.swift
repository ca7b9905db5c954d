internal import Foundation
import PkrunDiagnostics
import PkrunReporter
import Testing

@Suite struct DiagnosticReportTests {
    private let diagnostics: [Diagnostic] = {
        let file = SourceFile(path: "my jobs.yaml", text: "a: é\nb: 100%\nb: 2\n")
        var warning = Diagnostic(.uselessStep, "no\r\nway", at: file.range(3..<4))
        warning.severity = .warning
        return [
            Diagnostic(
                .duplicateKey,
                "duplicate \"b\", 100%",
                at: file.range(13..<14),
                hint: "keep one",
                notes: [Diagnostic.Note("here", at: file.range(5..<6))]
            ),
            Diagnostic(.unknownJob, "no job 'x'", at: nil),
            warning,
        ]
    }()

    private func object(_ report: DiagnosticReport, _ diagnostics: [Diagnostic]) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(report.render(diagnostics).utf8))
        return try #require(value as? [String: Any])
    }

    @Test func jsonTellsAll() throws {
        let report = try object(.json, diagnostics)
        #expect(report["errors"] as? Int == 2)
        #expect(report["warnings"] as? Int == 1)
        let list = try #require(report["diagnostics"] as? [NSDictionary])
        #expect(
            list == [
                [
                    "severity": "error", "code": "PK0010", "message": "duplicate \"b\", 100%", "hint": "keep one",
                    "file": "my jobs.yaml", "line": 3, "column": 1, "end_line": 3, "end_column": 2,
                    "notes": [
                        [
                            "message": "here", "file": "my jobs.yaml", "line": 2, "column": 1, "end_line": 2,
                            "end_column": 2,
                        ] as [String: Any]
                    ],
                ],
                ["severity": "error", "code": "PK0065", "message": "no job 'x'", "notes": [] as [Any]],
                [
                    "severity": "warning", "code": "PK0085", "message": "no\r\nway", "file": "my jobs.yaml", "line": 1,
                    "column": 4, "end_line": 1, "end_column": 5, "notes": [] as [Any],
                ],
            ]
        )
    }

    @Test func sarifHasARuleForEveryResult() throws {
        let runs = try #require(try object(.sarif, diagnostics)["runs"] as? [[String: Any]])
        let driver = try #require((runs.first?["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(runs.first?["results"] as? [[String: Any]])
        #expect(rules.map { $0["id"] as? String } == ["PK0010", "PK0065", "PK0085"])
        #expect(results.map { $0["ruleId"] as? String } == ["PK0010", "PK0065", "PK0085"])
        let place: NSDictionary = [
            "artifactLocation": ["uri": "my%20jobs.yaml"],
            "region": ["startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 2],
        ]
        let locations = try #require(results[0]["locations"] as? [[String: Any]])
        #expect(locations.map { $0["physicalLocation"] as? NSDictionary } == [place])
        #expect((results[0]["relatedLocations"] as? [Any])?.count == 1)
        #expect(results[1]["locations"] == nil)
    }

    @Test func githubGetsOneLineEach() {
        #expect(
            DiagnosticReport.github.render(diagnostics) == """
                ::error title=PK0010,file=my jobs.yaml,line=3,endLine=3,col=1,endColumn=2::duplicate "b", 100%25; \
                keep one%0Amy jobs.yaml:2:1: here
                ::error title=PK0065::no job 'x'
                ::warning title=PK0085,file=my jobs.yaml,line=1,endLine=1,col=4,endColumn=5::no%0D%0Away

                """
        )
    }

    @Test func nothingWrongIsValidToo() throws {
        #expect(DiagnosticReport.github.render([]) == "")
        #expect((try object(.json, [])["diagnostics"] as? [Any])?.isEmpty == true)
        #expect((try object(.sarif, [])["runs"] as? [Any])?.count == 1)
    }
}
