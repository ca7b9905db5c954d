internal import Glibc

/// A descriptor that this value alone owns; closed once, when the value goes.
package struct OwnedDescriptor: ~Copyable {
    /// For system calls while the owner lives. A temporary owner closes before the call: give it a name first.
    package let borrowed: Descriptor

    package var number: Int32 { borrowed.number }

    /// Takes over an open descriptor.
    package init(taking number: Int32) {
        borrowed = Descriptor(number)
    }

    /// close(2) is not repeated on EINTR: Linux has closed the descriptor by then.
    deinit { _ = close(borrowed.number) }

    /// Gives the descriptor away; the caller closes it.
    package consuming func release() -> Int32 {
        let number = borrowed.number
        discard self
        return number
    }
}
