import PkrunSystem

extension LogFile {
    private static let lengthOfEnd = 256

    /// The last line of what was written since this value was made, by whomever, and when the file was last written to;
    /// a long line comes without its beginning.
    package var lastLine: (text: String, time: Duration)? {
        guard let status = try? FileStatus(of: descriptor), status.kind == .regular, status.size > start,
            let file = try? OwnedDescriptor.open(path, .readOnly)
        else { return nil }
        var end = [UInt8](repeating: 0, count: Self.lengthOfEnd)
        let place = max(start, status.size - end.count)
        guard let count = try? file.borrowed.read(into: &end, at: place) else { return nil }
        return LastLine.text(in: end.prefix(count)).map { ($0, status.modificationTime) }
    }
}
