/// Median and spread of some times, in seconds.
struct Statistics {
    let median: Double
    let lowest: Double
    let highest: Double

    init(_ times: [Double]) {
        let sorted = times.sorted()
        median = sorted[sorted.count / 2]
        lowest = sorted[0]
        highest = sorted[sorted.count - 1]
    }

    /// `name   12.3 ms  (11.9 to 14.0)  ratio 1.04`
    func line(_ name: String, against base: Statistics) -> String {
        "\(line(name))  ratio \(Self.rounded(median / base.median, to: 2))"
    }

    func line(_ name: String) -> String {
        let label = name + String(repeating: " ", count: max(0, 26 - name.count))
        return "\(label) \(Self.time(median))  (\(Self.time(lowest)) to \(Self.time(highest)))"
    }

    private static func time(_ seconds: Double) -> String {
        seconds < 1 ? "\(rounded(seconds * 1000, to: seconds < 0.01 ? 2 : 1)) ms" : "\(rounded(seconds, to: 2)) s"
    }

    private static func rounded(_ value: Double, to places: Int) -> Double {
        let scale = places == 2 ? 100.0 : 10.0
        return (value * scale).rounded() / scale
    }
}
