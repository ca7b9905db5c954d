package import PkrunManifest

/// Where a job's output is kept, and how it is shown.
package struct LogPlan: Equatable, Sendable {
    /// Absolute path; `nil` is `logs/<job>.log` in the run's directory.
    @Rare package var path: String?
    /// Standard output and standard error in files of their own.
    package var split: Bool
    /// `nil` lets the log grow.
    @Rare package var rotation: LogRotation?
    package var display: LogDisplay

    package init(
        path: String? = nil,
        split: Bool = false,
        rotation: LogRotation? = nil,
        display: LogDisplay = LogDisplay()
    ) {
        self.path = path
        self.split = split
        self.rotation = rotation
        self.display = display
    }
}

/// When a log is put aside for a new one: as `<log>.1`, the one before as `<log>.2`, and so on.
package struct LogRotation: Equatable, Sendable {
    package static let usualFiles = 5

    /// In bytes; no file of the log grows beyond it.
    package var maximumSize: UInt64
    /// How many files there are at most, the one that is written to counted; at least 2.
    package var maximumFiles: Int

    package init(maximumSize: UInt64, maximumFiles: Int = usualFiles) {
        self.maximumSize = maximumSize
        self.maximumFiles = maximumFiles
    }
}

/// How a job's output looks on the terminal. What is in the log is not touched by it.
package struct LogDisplay: Equatable, Sendable {
    /// The time of day before every line.
    package var timestamps: Bool
    /// What stands before every line instead of the job's name; empty for nothing at all.
    package var prefix: String?
    /// The colour of the prefix; `nil` is a colour of pkrun's choice.
    package var color: LogColor?

    package init(timestamps: Bool = false, prefix: String? = nil, color: LogColor? = nil) {
        self.timestamps = timestamps
        self.prefix = prefix
        self.color = color
    }
}

package enum LogColor: String, CaseIterable, Sendable {
    case red, green, yellow, blue, magenta, cyan, white
    case noColor = "none"
}
