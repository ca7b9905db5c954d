/// Files whose change a running job is to notice.
package struct WatchPlan: Equatable, Sendable {
    package static let usualDebounce = Duration.milliseconds(200)

    /// Patterns of absolute paths: `*` and `?` within a name, `**` over names, `[…]`; a backslash takes a sign as it
    /// is.
    package var paths: [String]
    /// Patterns of what does not count.
    package var ignoredPaths: [String]
    /// Nothing more must change for so long before anything happens.
    package var debounce: Duration
    package var action: WatchAction

    package init(
        paths: [String],
        ignoredPaths: [String] = [],
        debounce: Duration = usualDebounce,
        action: WatchAction = .restart
    ) {
        self.paths = paths
        self.ignoredPaths = ignoredPaths
        self.debounce = debounce
        self.action = action
    }
}

package enum WatchAction: Equatable, Sendable {
    /// The job is stopped and started again; one that has ended is started again.
    case restart
    /// The main process gets a signal.
    case signal(SignalNumber)
}
