package import PkrunDiagnostics

/// Environment files: the grammar of compose's `env_file`.
///
/// `NAME=value`, `NAME: value`, `export NAME=value`; `NAME` alone unsets. A value in single quotes is literal. In
/// double quotes, backslash escapes and variables are replaced; without quotes, variables are, and ` #` begins a
/// comment. Quoted values may go over several lines. Variables come from pkrun's environment, else from what stands
/// above.
package enum EnvironmentFile {
    package struct Variable: Equatable {
        package var name: String
        /// `nil` unsets.
        package var value: String?
    }

    package static func read(
        _ bytes: [UInt8],
        path: String,
        environment: @escaping @Sendable (String) -> String?,
        log: inout DiagnosticLog
    ) -> [Variable] {
        let file: SourceFile
        do throws(Diagnostic) {
            file = try SourceFile.decode(bytes, path: path)
        } catch {
            log.report(error)
            return []
        }
        var scanner = EnvironmentFileScanner(file)
        var locator = ScalarLocator()
        var variables: [Variable] = []
        var known: [String: String] = [:]
        while let entry = scanner.next() {
            var value = entry.value
            if entry.isTemplate, let template = value {
                let above = known
                let interpolation = Interpolation(replacesBareNames: true) { environment($0) ?? above[$0] }
                let (text, problems) = interpolation.expand(template)
                let places = locator.ranges(of: problems.map(\.expression), in: template, at: entry.valueRange)
                for (problem, place) in zip(problems, places) {
                    log.report(Diagnostic(problem.code, problem.message, at: place, hint: problem.hint))
                }
                value = text
            }
            known[entry.name] = value
            variables.append(Variable(name: entry.name, value: value))
        }
        for problem in scanner.problems { log.report(problem) }
        return variables
    }
}
