namespace LedgerLift.Samples.AuditVerify;

#pragma warning disable CA1032, RCS1194, S3871 // Thrown and caught in this program only, always with a message.
/// <summary>The command was called wrong.</summary>
internal sealed class UsageException(string message) : Exception(message);
