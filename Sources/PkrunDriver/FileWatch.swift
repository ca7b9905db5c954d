import PkrunPlan
import PkrunSystem

/// Watches the files that the jobs of a plan want to know of.
///
/// It watches directories, since editors replace files instead of writing to them: those that a pattern reaches into,
/// and where one does not exist yet, the nearest above it.
final class FileWatch {
    private let notifier: FileNotifier
    private let reactor: Reactor
    private let jobs: [WatchedJob]
    private let statePath: String
    private let failed: (SystemError) -> Void
    private let changed: (JobID, String) -> Void
    private var registration: Reactor.Registration?
    private var directories: [Int32: String] = [:]
    private var watches: [String: Int32] = [:]

    private struct WatchedJob {
        let id: JobID
        let paths: [PathPattern]
        let ignored: [PathPattern]
    }

    /// What nobody means when he says "all files": repositories, and what editors leave for a moment.
    private static let passedOver = [".git", ".hg", ".svn", ".pkrun", "*~", ".*.sw?", ".#*", "#*#", "4913"].map {
        PathPattern("/**/\($0)")
    }

    /// - Parameters:
    ///   - statePath: the directory of the runs, whose files do not count.
    ///   - failed: told of what keeps it from watching later on.
    ///   - changed: told of a job and the last of the files that have changed; a directory where events were lost.
    /// - Returns: `nil` where no job watches anything.
    init?(
        _ plan: Plan,
        statePath: String,
        reactor: Reactor,
        failed: @escaping (SystemError) -> Void,
        changed: @escaping (JobID, String) -> Void
    ) throws(SystemError) {
        let watching = plan.jobs.indices.filter { plan.jobs[$0].watch != nil }
        guard !watching.isEmpty else { return nil }
        // The rest of a name is that of a log that was put aside, or of its other stream.
        let logs = plan.jobs.compactMap(\.log.path).flatMap { [PathPattern($0), PathPattern("\($0).*")] }
        jobs = watching.compactMap { index in
            plan.jobs[index].watch.map { watch in
                WatchedJob(
                    id: JobID(index),
                    paths: watch.paths.map { PathPattern($0) },
                    ignored: watch.ignoredPaths.map { PathPattern($0) } + Self.passedOver + logs
                )
            }
        }
        notifier = try FileNotifier()
        self.reactor = reactor
        self.statePath = statePath
        self.failed = failed
        self.changed = changed
        _ = try watchRoots()
        registration = try reactor.register(notifier.descriptor, .read) { [unowned self] in
            do throws(SystemError) { try take() } catch { self.failed(error) }
        }
    }

    deinit {
        if let registration { reactor.cancel(registration) }
    }

    private func take() throws(SystemError) {
        var files: [String] = []
        var needsRoots = false
        var isComplete = true
        for event in try notifier.next() {
            if event.kind == .overflowed { isComplete = false }
            guard let directory = directories[event.watch] else { continue }
            let path = Self.path(event.name, in: directory)
            switch event.kind {
            case .appeared where event.isDirectory: files += try watch(path)
            case .appeared: files.append(path)
            case .vanished:
                files.append(path)
                if event.isDirectory { forget(path) }
            case .ended:
                directories[event.watch] = nil
                if watches[directory] == event.watch { watches[directory] = nil }
                needsRoots = true
            case .overflowed: break
            }
        }
        if needsRoots || !isComplete { files += try watchRoots() }
        for job in jobs {
            let last = files.last { file in counts(file, for: job) }
            if let file = last ?? (isComplete ? nil : job.paths.first?.root) { changed(job.id, file) }
        }
    }

    /// - Returns: the files that were not watched before.
    private func watchRoots() throws(SystemError) -> [String] {
        var files: [String] = []
        for pattern in jobs.flatMap(\.paths) {
            var root = pattern.root
            while root != "/", (try? FileStatus(of: root))?.kind != .directory { root = Self.parent(of: root) }
            files += try watch(root)
        }
        return files
    }

    /// Watches a directory, and those below it into which a pattern reaches.
    /// - Returns: the files in those that were not watched before.
    private func watch(_ directory: String) throws(SystemError) -> [String] {
        guard watches[directory] == nil, jobs.contains(where: { reaches($0, into: directory) }) else { return [] }
        do throws(SystemError) {
            let watch = try notifier.watch(directory)
            watches[directory] = watch
            directories[watch] = directory
            var files: [String] = []
            for entry in try FileSystem.entries(of: directory) {
                let path = Self.path(entry.name, in: directory)
                files += entry.isDirectory ? try self.watch(path) : [path]
            }
            return files
        } catch {
            // It has gone again, or is none of ours.
            let isHarmless = [ErrorNumber.noEntry, ErrorNumber.notDirectory, ErrorNumber.accessDenied]
            if isHarmless.contains(error.errorNumber) { return [] }
            throw error
        }
    }

    /// A directory that was moved away keeps its watches otherwise, under names that are no longer true.
    private func forget(_ directory: String) {
        for (path, watch) in watches where path == directory || path.hasPrefix("\(directory)/") {
            notifier.forget(watch)
            watches[path] = nil
            directories[watch] = nil
        }
    }

    private func counts(_ path: String, for job: WatchedJob) -> Bool {
        job.paths.contains { $0.matches(path) } && !isIgnored(path, by: job)
    }

    private func reaches(_ job: WatchedJob, into directory: String) -> Bool {
        job.paths.contains { $0.reaches(into: directory) } && !isIgnored(directory, by: job)
    }

    private func isIgnored(_ path: String, by job: WatchedJob) -> Bool {
        path == statePath || path.hasPrefix("\(statePath)/") || job.ignored.contains { $0.matches(path) }
    }

    private static func path(_ name: String, in directory: String) -> String {
        directory == "/" ? "/\(name)" : "\(directory)/\(name)"
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
