using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>How entries are made of actions, whichever logger writes them. Read once, when the logger is made.</summary>
public sealed class AuditingOptions
{
    /// <summary>Takes what is personal or secret out of details before they are written, such as <c>PiiRedactor.Redact</c> of LedgerLift.Logging; null for none. The default is null.</summary>
    public Func<JsonElement, JsonElement>? RedactDetails { get; set; }

    /// <summary>The id of the request that is being served, such as <c>RequestContext.RequestId</c> of LedgerLift.Logging; null for none. The default is null.</summary>
    public Func<string?>? RequestId { get; set; }

    /// <summary>What is recorded of which action, and how: the first rule that matches decides. An action that no rule matches is recorded in full, and its operation fails when it cannot be. The default is empty.</summary>
    public IList<AuditPolicyRule> Rules { get; } = [];

    /// <summary>The most bytes of details in canonical form, after redaction; more is an <see cref="ArgumentException"/>. From 1 to 16 MiB. The default is 64 KiB.</summary>
    public int MaxDetailsBytes { get; set; } = 64 << 10;
}
