/// Why a limit cannot be kept here, and what would help.
package struct LimitUnavailable: Error, Equatable, Sendable {
    package var resource: LimitedResource
    package var reason: String
    /// errno(3)
    package var errorNumber: Int32
    package var remedy: String

    init(_ resource: LimitedResource, _ reason: String, errorNumber: Int32, remedy: String) {
        self.resource = resource
        self.reason = reason
        self.errorNumber = errorNumber
        self.remedy = remedy
    }
}
