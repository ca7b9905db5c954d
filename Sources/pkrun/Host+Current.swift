import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunSystem

extension Host {
    /// The machine that pkrun runs on.
    static var current: Host {
        Host(
            environment: { CurrentProcess.variable($0) },
            readFile: content,
            user: identity,
            group: groupID,
            effectiveUserID: CurrentProcess.effectiveUserID
        )
    }

    @Sendable private static func content(of path: String) -> FileContent {
        do throws(SystemError) {
            return .bytes(try FileSystem.contents(of: path, upTo: SourceFile.sizeLimit + 1))
        } catch {
            guard error.errorNumber != ErrorNumber.noEntry else { return .missing }
            return .unreadable(SystemError.message(for: error.errorNumber))
        }
    }

    @Sendable private static func identity(of nameOrNumber: String) -> Identity? {
        var account = try? Account.named(nameOrNumber)
        if account == nil, let number = UInt32(nameOrNumber) { account = try? Account.numbered(number) }
        return account.map {
            Identity(
                userName: $0.name,
                userID: $0.userID,
                groupID: $0.groupID,
                groups: $0.groups(primary: $0.groupID),
                home: $0.homeDirectory
            )
        }
    }

    @Sendable private static func groupID(of nameOrNumber: String) -> UInt32? {
        (try? Group.named(nameOrNumber))?.groupID ?? UInt32(nameOrNumber)
    }
}
