import PkrunSystem

/// The one buffer through which every capture of a run reads; used on one thread, between two waits.
package final class CaptureBuffer {
    private var storage = [UInt8](repeating: 0, count: 1 << 18)

    package init() {}

    /// Reads once and hands over what came.
    /// - Returns: the number of bytes, 0 at the end, `nil` where there is nothing now.
    func read(from source: Descriptor, _ body: (Span<UInt8>) -> Void) throws(SystemError) -> Int? {
        guard let count = try source.read(into: &storage) else { return nil }
        if count > 0 {
            let filled = storage
            body(filled.span.extracting(0..<count))
        }
        return count
    }
}
