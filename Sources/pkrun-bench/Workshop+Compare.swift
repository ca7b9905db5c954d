import PkrunSystem

extension Workshop {
    /// Runs commands in turn and prints how long each took beside the first. The rounds alternate, so that a noisy
    /// neighbour disturbs all alike.
    /// - Parameter preparing: is done before each command.
    func compare(
        _ title: String,
        _ contestants: [(name: String, command: [String])],
        rounds: Int,
        preparing: () throws -> Void = {}
    ) throws {
        var times = Comparison(title)
        for _ in 0..<rounds {
            for contestant in contestants {
                try preparing()
                times.add(contestant.name, .seconds(try Measured.seconds(contestant.command, in: self)))
            }
        }
        times.report()
    }

    /// Whether there is such a program in `PATH`.
    func has(_ program: String) -> Bool {
        (CurrentProcess.variable("PATH") ?? "").split(separator: ":").contains {
            (try? FileStatus(of: "\($0)/\(program)")) != nil
        }
    }
}
