/// Times of several ways to do one thing, of which the first is the measure of the others.
struct Comparison {
    private let title: String
    private var times: [(name: String, seconds: [Double])] = []

    init(_ title: String) { self.title = title }

    mutating func add(_ name: String, _ time: Duration) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        if let index = times.firstIndex(where: { $0.name == name }) {
            times[index].seconds.append(seconds)
        } else {
            times.append((name, [seconds]))
        }
    }

    func report() {
        guard let first = times.first else { return }
        print("\n\(title)")
        let base = Statistics(first.seconds)
        for entry in times { print("  \(Statistics(entry.seconds).line(entry.name, against: base))") }
    }
}
