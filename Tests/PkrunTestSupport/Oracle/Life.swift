internal import PkrunEvents

/// What has to become of one job.
struct Life: Equatable {
    /// Its last word; `nil` while it is not known, which is not the case of any job in the end.
    var word: Word?
    /// When it goes down in order to be started again, which those that follow it have to follow.
    var descents: [Instant] = []
    /// The pauses before its restarts.
    var pauses: [Duration] = []

    struct Word: Equatable {
        var instant: Instant
        var outcome: JobOutcome
    }

    /// Nothing of it will run after this.
    var end: Instant? { word?.instant }
}
