namespace UploadHost.Processes;

/// <summary>How one upload ended.</summary>
/// <param name="User">Whose it was.</param>
/// <param name="Sha256">Hash of what was sent, in hex.</param>
/// <param name="DocumentId">The document that the host acknowledged; null when it did not.</param>
/// <param name="Failure">What the client was told otherwise.</param>
/// <param name="Duration">From the beginning to the end.</param>
internal sealed record UploadOutcome(string User, string Sha256, Guid? DocumentId, Exception? Failure, TimeSpan Duration);
