namespace LedgerLift.Auditing;

/// <summary>An entry that was made of an action, and what the policy says about it.</summary>
/// <param name="Entry">The entry as it is to be written.</param>
/// <param name="Rule">The rule that decided; under <see cref="AuditLevel.None"/> the entry is not written.</param>
public sealed record AuditComposition(AuditEntry Entry, AuditPolicyRule Rule);
