import PkrunEvents
import PkrunPlan
import PkrunSystem

/// What can be said of an attempt that is not what it should be, while its processes are still there to be asked.
extension Attempt {
    /// To be called before the attempt is stopped for this reason.
    func explain(_ reason: StopReason) {
        switch reason {
        case .notReady:
            driver.report(.jobNotReady(job, attempt: number, probes))
            reportDossier()
        case .timeout, .idleTimeout:
            reportDossier()
        case .notNeeded, .run, .portTaken, .unhealthy, .dependencyRestarts, .changed:
            break
        }
    }

    func reportDossier() {
        let processes = memberSummaries.compactMap { process in
            ProcessWait(of: process.processID).map {
                StuckProcess(process: process, state: $0.state, place: $0.place)
            }
        }
        driver.report(.jobDossier(job, attempt: number, processes, lastLine: tail.lastLine))
    }
}

/// The end of a stream of output, for whoever asks what was said last.
struct OutputTail {
    private static let limit = 256
    private var bytes: [UInt8] = []

    mutating func append(_ chunk: Span<UInt8>) {
        let last = chunk.extracting(last: min(chunk.count, Self.limit))
        unsafe last.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        if bytes.count > Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
    }

    /// The last line that has anything in it; long ones without their beginning.
    var lastLine: String? {
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let texts = lines.map { String(decoding: $0, as: UTF8.self).filter { $0.isASCII ? $0 >= " " : true } }
        return texts.last { $0.contains { !$0.isWhitespace } }
    }
}
