namespace LedgerLift.Auditing;

/// <summary>What is recorded of the actions that match, and how. Not to be changed once it is in use.</summary>
public sealed class AuditPolicyRule
{
    /// <summary>Which actions, as <c>document.*</c>: an asterisk stands for any number of characters, all else for itself, case-sensitive. The default is *.</summary>
    public string Action { get; set; } = "*";

    /// <summary>On which kinds of resource, in the same form. The default is *.</summary>
    public string ResourceType { get; set; } = "*";

    /// <summary>How much is recorded. The default is Full.</summary>
    public AuditLevel Level { get; set; } = AuditLevel.Full;

    /// <summary>What happens when it cannot be. The default is FailOperation.</summary>
    public AuditFailureMode OnFailure { get; set; } = AuditFailureMode.FailOperation;

    /// <summary>When a durable logger returns. The default is Committed.</summary>
    public AuditDelivery Delivery { get; set; } = AuditDelivery.Committed;
}
