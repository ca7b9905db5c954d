internal import PkrunPlan
internal import PkrunTestSupport

/// Two small manifests, the second of which is the first after one edit.
///
/// Besides a service that lets the run go on they have up to two jobs, each of six kinds, the second of which may
/// depend on the first in eight ways. The edit makes another job of one, takes it away or adds it, changes the way of
/// the second's dependency, or merely the arguments of one.
struct ManifestEdit {
    let before: Plan
    let after: Plan

    private struct Manifest: Equatable {
        /// By places among the kinds; the last is for a job that is not there.
        var kinds: [Int]
        var want: Int
        var isChanged = [false, false]

        static let kindCount = ManifestEdit.kinds.count + 1

        mutating func edit(_ number: Int) {
            let others = Self.kindCount - 1
            switch number {
            case 0..<2: isChanged[number] = true
            case ..<(2 + others): kinds[0] = (kinds[0] + number - 1) % Self.kindCount
            case ..<(2 + 2 * others): kinds[1] = (kinds[1] + number - 1 - others) % Self.kindCount
            default: want = (want + number - 1 - 2 * others) % ManifestEdit.wants.count
            }
        }
    }

    private static let editCount = 2 + 2 * (Manifest.kindCount - 1) + wants.count - 1
    static let count = 2 * Manifest.kindCount * Manifest.kindCount * wants.count * editCount

    /// - Returns: `nil` where the edit changes nothing.
    init?(number: Int) {
        var rest = number
        func digit(_ base: Int) -> Int {
            defer { rest /= base }
            return rest % base
        }
        let first = digit(Manifest.kindCount)
        let second = digit(Manifest.kindCount)
        let manifest = Manifest(kinds: [first, second], want: digit(Self.wants.count))
        var edited = manifest
        edited.edit(digit(Self.editCount))
        let onFailure: FailurePolicy = digit(2) == 0 ? .stop : .continue
        before = Self.plan(of: manifest, onFailure)
        after = Self.plan(of: edited, onFailure)
        if before == after { return nil }
    }

    private static func plan(of manifest: Manifest, _ onFailure: FailurePolicy) -> Plan {
        var jobs: [JobPlan] = [.service("up", isProbed: false, isOptional: true)]
        for (place, kind) in manifest.kinds.enumerated() where kind < kinds.count {
            var job = kinds[kind]
            job.name = ["first", "second"][place]
            if manifest.isChanged[place] { job.arguments = ["false"] }
            if place == 1, jobs.count == 2, let dependency = wants[manifest.want](jobs[1]) {
                job.dependencies = [dependency]
            }
            jobs.append(job)
        }
        return .of(jobs, onFailure: onFailure)
    }

    private static let kinds: [JobPlan] = [
        .task(""),
        .task("", retry: RetryPolicy(maximum: 1)),
        asked,
        .service(""),
        .service("", isProbed: false, restart: RestartPolicy(condition: .onFailure, maximum: 1)),
        watching,
    ]

    private static var asked: JobPlan {
        var job = JobPlan.task("")
        job.onlyIf = .command(["true"])
        return job
    }

    private static var watching: JobPlan {
        var job = JobPlan.task("")
        job.watch = WatchPlan(paths: ["/**"], debounce: .seconds(1), action: .restart)
        return job
    }

    /// What the second may want of the first.
    private static let wants: [@Sendable (JobPlan) -> Dependency?] = [
        { _ in nil },
        { .on(1, $0.usual) },
        { .on(1, $0.usual, isRequired: false) },
        { .on(1, $0.usual, restarts: true) },
        { .on(1, $0.usual, isRequired: false, restarts: true) },
        { _ in .on(1, .started, restarts: true) },
        { _ in .on(1, .completed) },
        { _ in .on(1, .failed) },
    ]
}

extension JobPlan {
    fileprivate var usual: DependencyCondition { kind == .service ? .ready : .succeeded }
}
