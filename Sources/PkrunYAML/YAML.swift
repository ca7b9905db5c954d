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
        var composer = Composer(file, limits: limits, log: log)
        do throws(Diagnostic) {
            let root = try composer.compose()
            log = composer.log
            return root
        } catch {
            log = composer.log
            log.report(error)
            return nil
        }
    }
}
