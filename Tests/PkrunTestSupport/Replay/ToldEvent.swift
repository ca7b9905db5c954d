internal import Foundation

/// A line of `events.jsonl` without what differs from run to run, such as times and process numbers, and without what
/// the driver alone can say.
struct ToldEvent {
    /// Empty where the event is about the run.
    let job: String
    let text: String

    private static let volatile = ["v", "seq", "time", "pid", "after_seconds", "message"]
    private static let remarks = [
        "run-started", "job-stop-step", "job-dossier", "job-killing", "job-ended", "job-left-behind", "job-not-ready",
    ]

    /// - Returns: `nil` for a remark, and for a line that is cut.
    init?(_ line: ArraySlice<UInt8>) {
        guard var fields = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
            let kind = fields["event"] as? String, !Self.remarks.contains(kind)
        else { return nil }
        job = fields["job"] as? String ?? ""
        for key in Self.volatile { fields[key] = nil }
        if var reason = fields["reason"] as? [String: Any] {
            reason["message"] = nil
            fields["reason"] = reason
        }
        let sorted = (try? JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)) ?? Data()
        text = String(decoding: sorted, as: UTF8.self)
    }
}
