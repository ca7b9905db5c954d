internal import Foundation

/// The seeds of a simulation: `PKRUN_SEED` is the first, `PKRUN_HISTORIES` says how many there are.
///
/// - Parameter share: of so many histories one is simulated here, each being longer than others.
func seeds(_ usual: UInt64, oneIn share: UInt64 = 1) -> Range<UInt64> {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["PKRUN_SEED"].flatMap { UInt64($0) } ?? 1
    let count = environment["PKRUN_HISTORIES"].flatMap { UInt64($0) }.map { max($0 / share, 1) } ?? usual
    return first..<(first + count)
}
