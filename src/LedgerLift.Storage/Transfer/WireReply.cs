namespace LedgerLift.Storage;

/// <summary>What the store said to a body.</summary>
/// <param name="ETag">The entity tag with its quotes; null when it gave none.</param>
/// <param name="At">When, by the store's clock.</param>
internal sealed record WireReply(string? ETag, DateTimeOffset At);
