import PkrunEvents
import PkrunPlan
import PkrunSystem

/// What can be said of an attempt that is not what it should be, while its processes are still there to be asked.
extension Attempt {
    /// To be called before the attempt is stopped for this reason.
    func explain(_ reason: StopReason) {
        switch reason {
        case .notReady, .probeFailed:
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
                StuckProcess(
                    process: process,
                    state: $0.state,
                    place: $0.place,
                    sockets: OpenSocket.all(of: process.processID).map(\.description)
                )
            }
        }
        driver.report(.jobDossier(job, attempt: number, processes, lastLine: outputs?.lastLine))
    }
}
