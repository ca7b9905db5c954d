extension Command {
    /// The same where nobody gets hold of the process: what it would wait for somebody to write has its end at once.
    var unattended: Command {
        var command = self
        switch standardInput {
        case .writer: command.standardInput = .bytes([])
        case .none: if terminal != nil { command.standardInput = .bytes([]) }
        case .inherited, .file, .bytes: break
        }
        return command
    }
}
