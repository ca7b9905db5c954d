import PkrunDiagnostics
import PkrunSystem

/// Where the manifest is, and what is in it.
struct ManifestFile {
    /// As the user knows it, for messages.
    let path: String
    /// Of the directory that holds it; absolute.
    let directory: String
    let content: [UInt8]

    var absolutePath: String { directory == "/" ? "/\(name)" : "\(directory)/\(name)" }

    var name: String { String(path.split(separator: "/").last ?? "") }

    static let usualNames = ["jobs.yaml", "pkrun.yaml"]

    struct Failure: Error {
        let message: String
    }

    /// - Parameter path: what the user named; `nil` looks for a usual name here and in the directories above.
    init(_ named: String?) throws(Failure) {
        let found: String
        if let named { found = named } else { found = try Self.search() }
        path = found
        do throws(SystemError) {
            let status = try FileStatus(of: found)
            guard status.kind != .directory else {
                throw SystemError("read", found, errorNumber: ErrorNumber.isDirectory)
            }
            content = try FileSystem.contents(of: found, upTo: SourceFile.sizeLimit + 1)
            let absolute = try FileSystem.canonicalPath(found)
            directory = Self.parent(of: absolute)
        } catch {
            let remedy = error.errorNumber == ErrorNumber.isDirectory ? "; name the manifest in it" : ""
            throw Failure(
                message: "cannot read the manifest '\(found)': \(SystemError.message(for: error.errorNumber))\(remedy)"
            )
        }
    }

    private static func search() throws(Failure) -> String {
        guard let here = try? FileSystem.workingDirectory() else {
            throw Failure(message: "the working directory is gone")
        }
        var directory = here
        var prefix = ""
        while true {
            for name in usualNames where (try? FileStatus(of: prefix + name)) != nil { return prefix + name }
            guard directory != "/" else { break }
            directory = parent(of: directory)
            prefix += "../"
        }
        throw Failure(
            message:
                "no \(usualNames.joined(separator: " or ")) in \(here) or any directory above it; name one: pkrun FILE"
        )
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
