/// How a start went.
package enum SpawnResult {
    case started(processID: Int32, ProcessDescriptor?)
    /// Killed before its first instruction: the kernel does so to a process that is born into a cgroup which was killed
    /// before, or whose parent lives in such a one.
    case killedAtBirth
    case failed(SpawnError)
}
