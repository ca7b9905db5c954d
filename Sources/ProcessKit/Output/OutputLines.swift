/// The lines of both streams of one process, in the order in which they were read, until its whole tree has ended.
///
/// There is one sequence per process, however often it is asked for: each line goes to one reader. Ends early where the
/// reading task is cancelled. Holds on to the process.
public struct OutputLines: AsyncSequence, Sendable {
    let process: RunningProcess

    public func makeAsyncIterator() -> Iterator { Iterator(process: process) }

    /// Takes one line after the other from what all iterators of a process share.
    public struct Iterator: AsyncIteratorProtocol {
        let process: RunningProcess

        /// The next line; `nil` at the end.
        public func next() async -> OutputLine? { await process.reader.nextLine() }

        /// The next line; `nil` at the end.
        public func next(isolation actor: isolated (any Actor)?) async -> OutputLine? {
            await process.reader.nextLine()
        }
    }
}
