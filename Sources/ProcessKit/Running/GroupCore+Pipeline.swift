internal import PkrunSystem

extension GroupCore {
    /// Starts commands of which each reads what the one before it writes.
    func start(_ commands: [Command]) throws(ProcessError) -> [ContainedTree] {
        var stages: [ContainedTree] = []
        var upstream: OwnedDescriptor?
        do throws(ProcessError) {
            for command in commands.dropLast() {
                let pipe = try converting { () throws(SystemError) in try Pipe() }
                stages.append(try start(command, input: upstream?.number, output: pipe.writeEnd.number))
                upstream = pipe.split { readEnd, _ in readEnd }
            }
            if let last = commands.last { stages.append(try start(last, input: upstream?.number)) }
        } catch {
            for stage in stages { stage.kill(.killed) }
            throw error
        }
        return stages
    }
}
