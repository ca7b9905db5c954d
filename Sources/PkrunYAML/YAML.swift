package import PkrunDiagnostics

/// YAML text to nodes.
package enum YAML {
    /// Reads the one document of a text. Everything that is wrong goes to the log.
    ///
    /// - Returns: the root; `nil` where the text holds nothing or cannot be read to its end.
    package static func read(
        _ file: SourceFile,
        limits: YAMLLimits = YAMLLimits(),
        log: inout DiagnosticLog
    ) -> Node? {
        EventReader.withEvents(of: file) { events in
            var composer = Composer(events, limits: limits, log: log)
            defer { log = composer.log }
            do throws(Diagnostic) {
                return try composer.compose()
            } catch {
                composer.log.report(error)
                return nil
            }
        }
    }
}
