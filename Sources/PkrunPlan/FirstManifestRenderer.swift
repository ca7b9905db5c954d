package import PkrunManifest

/// Writes a manifest to begin with.
package enum FirstManifestRenderer {
    /// - Parameter jobs: none writes an example.
    package static func render(_ jobs: [FirstManifest.Job]) -> String {
        let example = FirstManifest.Job(name: "hello", command: "echo hello")
        var writer = YAMLWriter(keepsDollars: true)
        writer.map("jobs") { writer in
            for job in jobs.isEmpty ? [example] : jobs {
                writer.map(job.name) { write(job, &$0) }
            }
        }
        return writer.text
    }

    private static func write(_ job: FirstManifest.Job, _ writer: inout YAMLWriter) {
        writer.entry("command", job.command)
        if job.isService { writer.entry("kind", "service") }
        if !job.environment.isEmpty {
            writer.map("env") { environment in
                for (name, value) in job.environment { environment.entry(name, value) }
            }
        }
        if !job.dependencies.isEmpty { writer.entry("depends_on", list: job.dependencies) }
        if job.isDisabled { writer.entry("disabled", flag: true) }
    }
}
