/// A moment of the wall clock in UTC.
package struct Timestamp: Equatable, Sendable {
    /// Since 1970-01-01T00:00:00Z, without leap seconds; clock_gettime(2), `CLOCK_REALTIME`.
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 with microseconds: `2026-01-02T03:04:05.123456Z`.
    package var description: String {
        var writer = JSONWriter()
        writer.appendUnquoted(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A date of the Gregorian calendar.
    struct Date {
        var year: Int64
        var month: Int64
        var day: Int64

        /// Counts from the first of March of the year 0, so that the leap day is the last day of a year.
        ///
        /// - Parameter days: since 1970-01-01.
        init(days: Int64) {
            let daysOf400Years: Int64 = 146_097
            let sinceMarch0 = days + 719_468
            let cycle = (sinceMarch0 >= 0 ? sinceMarch0 : sinceMarch0 - (daysOf400Years - 1)) / daysOf400Years
            let dayOfCycle = sinceMarch0 - cycle * daysOf400Years
            // Every 4th year has a leap day, every 100th has not, the 400th has.
            let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
            let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
            // From March on, five months have 153 days: 31, 30, 31, 30, 31.
            let monthFromMarch = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
            month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
            year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        }
    }
}
