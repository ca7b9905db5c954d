internal import Glibc

/// Descriptors that the streams of a child pass through on their way from this process.
///
/// Made early, they have low numbers: a child that shares this process's table of descriptors takes along what is
/// below, and need not copy, only to close it, all that is open above.
final class DescriptorStage {
    /// Three for the streams, and one for what these hold while no child is on its way.
    private(set) var numbers: [Int32] = []

    init() throws(SystemError) {
        for _ in 0..<4 { numbers.append(try OwnedDescriptor.open("/dev/null", .readWrite).release()) }
    }

    deinit {
        for number in numbers { _ = close(number) }
    }
}
