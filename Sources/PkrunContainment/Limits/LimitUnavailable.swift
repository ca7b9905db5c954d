/// Why a limit cannot be kept here, and what would help.
package struct LimitUnavailable: Error, Equatable, Sendable {
    package var resource: LimitedResource
    package var reason: String
    package var remedy: String

    init(_ resource: LimitedResource, _ reason: String, remedy: String) {
        self.resource = resource
        self.reason = reason
        self.remedy = remedy
    }
}
