/// Every kind of diagnostic, by a code that stays the same when the wording changes.
package enum DiagnosticCode: String, CaseIterable, Sendable {
    // The text.
    case tooLarge = "PK0001"
    case invalidEncoding = "PK0002"
    case emptyManifest = "PK0003"
    case syntax = "PK0004"
    case tabIndentation = "PK0005"
    case severalDocuments = "PK0006"
    case tag = "PK0007"
    case unknownAnchor = "PK0008"
    case tooComplex = "PK0009"
    case duplicateKey = "PK0010"
    case invalidKey = "PK0011"
    case invalidMergeKey = "PK0012"
    case nulCharacter = "PK0013"
    case tooManyProblems = "PK0014"

    // Interpolation.
    case invalidInterpolation = "PK0020"
    case unsetVariable = "PK0021"
    case requiredVariable = "PK0022"

    // Keys and types.
    case unknownKey = "PK0030"
    case unsupportedKey = "PK0031"
    case conflictingKeys = "PK0032"
    case wrongType = "PK0033"
    case missingKey = "PK0034"

    // Values.
    case invalidNumber = "PK0040"
    case invalidBoolean = "PK0041"
    case invalidDuration = "PK0042"
    case invalidSignal = "PK0043"
    case invalidWord = "PK0044"
    case invalidName = "PK0045"
    case invalidVariableName = "PK0046"
    case invalidAddress = "PK0047"
    case invalidURL = "PK0048"
    case invalidPattern = "PK0049"
    case invalidStatus = "PK0050"
    case invalidHeader = "PK0051"
    case emptyCommand = "PK0052"
    case outOfRange = "PK0053"
    case invalidMask = "PK0054"
    case invalidSize = "PK0055"
    case invalidProcessors = "PK0056"

    // The graph.
    case unknownDependency = "PK0060"
    case selfDependency = "PK0061"
    case duplicateDependency = "PK0062"
    case dependencyCycle = "PK0063"
    case impossibleCondition = "PK0064"
    case unknownJob = "PK0065"
    case unknownProfile = "PK0066"
    case disabledDependency = "PK0067"
    case unknownBase = "PK0068"
    case extensionCycle = "PK0069"

    // What the host says.
    case unknownUser = "PK0070"
    case unknownGroup = "PK0071"
    case needsRoot = "PK0072"
    case unreadableFile = "PK0073"
    case invalidEnvironmentFile = "PK0074"
    case inclusionCycle = "PK0075"
    case misplacedSecret = "PK0076"
    case missingSecret = "PK0077"
    case limitWithoutCgroup = "PK0078"

    // Legal, and surely not meant.
    case unmatchableLine = "PK0080"
    case sharedPort = "PK0081"
    case endlessOptional = "PK0082"
    case unreachableLimit = "PK0083"
    case optionalDependency = "PK0084"
    case uselessStep = "PK0085"
    case notHonoured = "PK0086"
}
