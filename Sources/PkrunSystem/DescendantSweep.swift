internal import CPkrunLinux
internal import Glibc

/// Every descendant of a process, found again and again through proc(5) until no new one appears.
@safe
package final class DescendantSweep {
    let raw: UnsafeMutablePointer<pkrun_sweep>

    /// What the walks of one operation have shown.
    package struct Outcome: Equatable, Sendable {
        /// Descendants that lived at the last walk, parents before their children.
        package var members: [Int32]
        /// How many would not take the signal: EPERM.
        package var refused: Int
    }

    package init() throws(SystemError) {
        guard let raw = unsafe pkrun_sweep_make() else { throw SystemError("mmap", errorNumber: errno) }
        unsafe self.raw = raw
    }

    deinit { unsafe pkrun_sweep_free(raw) }

    /// Leaves out these processes and all below them, in all that follows.
    package func exclude(_ processIDs: some Sequence<Int32>) {
        for processID in processIDs { unsafe pkrun_sweep_exclude(raw, processID) }
    }

    /// The living descendants of a process.
    package func descendants(of root: Int32) -> [Int32] {
        unsafe pkrun_sweep_begin(raw)
        unsafe pkrun_sweep_walk(raw, root, 0)
        return found
    }

    /// Sends a signal to every descendant, once each, until two walks have met none that is new.
    package func signal(_ number: Int32, below root: Int32) -> Outcome {
        unsafe pkrun_sweep_begin(raw)
        var quiet = 0
        var refused = 0
        while quiet < 2 {
            unsafe pkrun_sweep_walk(raw, root, number)
            quiet = unsafe raw.pointee.fresh == 0 ? quiet + 1 : 0
            refused += unsafe Int(raw.pointee.refused)
        }
        return Outcome(members: found, refused: refused)
    }

    /// Stops every descendant until no new one appears, then kills them all. The dead remain to be reaped.
    package func kill(below root: Int32) -> Outcome {
        unsafe pkrun_sweep_kill(raw, root)
        return Outcome(members: found, refused: unsafe Int(raw.pointee.refused))
    }

    private var found: [Int32] {
        unsafe Array(UnsafeBufferPointer(start: raw.pointee.found, count: raw.pointee.found_count))
    }
}
