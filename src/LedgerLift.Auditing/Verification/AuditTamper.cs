namespace LedgerLift.Auditing;

/// <summary>One thing that is not as it was sealed.</summary>
/// <param name="Kind">One of <see cref="AuditTamperKinds"/>.</param>
/// <param name="Position">Where: the position of the entry in the trail, from 0; for a batch or a checkpoint, the position of the batch's first entry.</param>
/// <param name="Message">What was found, for people; holds ids, numbers and hashes, nothing else of an entry.</param>
public sealed record AuditTamper(string Kind, long Position, string Message);
