internal import PkrunPlan

/// Models of one plan that are equal expect the same from here on, whatever has led to it.
extension RunModel: Hashable {
    package static func == (left: RunModel, right: RunModel) -> Bool {
        left.jobs == right.jobs && left.hasBegun == right.hasBegun && left.isFinal == right.isFinal
            && left.stop == right.stop && left.firstStop == right.firstStop && left.interrupts == right.interrupts
            && left.isOver == right.isOver
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(jobs)
        hasher.combine(interrupts)
    }
}
