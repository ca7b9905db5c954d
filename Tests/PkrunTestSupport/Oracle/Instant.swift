/// A place in the order of cause and effect.
///
/// What one input leads to comes in waves: what it means to the job that it is about, and to those that waited for
/// that in vain, is wave 0; the stop of the run that it may lead to is wave 1; wave 2 is for jobs that are needed no
/// more after that; and so on, since their ends have consequences in turn.
struct Instant: Comparable, Hashable {
    var moment: Int
    var wave = 0

    /// After all consequences of the input.
    static func end(of moment: Int) -> Instant { Instant(moment: moment, wave: .max) }

    /// When a run is stopped for what happens now.
    var stop: Instant { Instant(moment: moment, wave: wave + 1) }

    /// When a job is released because of the end of another that happens now.
    var release: Instant { Instant(moment: moment, wave: (wave / 2 + 1) * 2) }

    /// When the `finally` tasks may start, if the last other job is finished now.
    var final: Instant { Instant(moment: moment, wave: .max - 1) }

    static func < (left: Instant, right: Instant) -> Bool {
        (left.moment, left.wave) < (right.moment, right.wave)
    }
}
