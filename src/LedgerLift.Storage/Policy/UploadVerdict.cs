namespace LedgerLift.Storage;

/// <summary>What the policy says to an upload.</summary>
/// <param name="Accepted">Whether there is no fault.</param>
/// <param name="Faults">Every reason to refuse it; empty when it is accepted.</param>
/// <param name="SafeFileName">The file name in Unicode's composed form, safe to store and to show; null when it is refused or was not asked for.</param>
public sealed record UploadVerdict(bool Accepted, IReadOnlyList<UploadFault> Faults, string? SafeFileName);
