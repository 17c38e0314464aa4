using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>What happened, as the code that did it knows it. The logger makes an <see cref="AuditEntry"/> of it, which has the rules for each value.</summary>
/// <param name="Action">What was done, as in <c>document.upload</c>.</param>
/// <param name="ResourceType">The kind of thing it was done to, as in <c>document</c>.</param>
/// <param name="Result">How it ended; <c>success</c> unless given, often <c>failure</c> or <c>denied</c>.</param>
public sealed record AuditAction(string Action, string ResourceType, string Result = "success")
{
    /// <summary>Which thing it was done to; null when there is no one thing.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Who did it; null when nobody is known.</summary>
    public string? UserId { get; init; }

    /// <summary>From which address; null when there is none.</summary>
    public string? IpAddress { get; init; }

    /// <summary>With which program; null when unknown.</summary>
    public string? UserAgent { get; init; }

    /// <summary>More about it, any JSON; null for nothing, which is not the same as a JSON <c>null</c>. Redacted before it is written when the host has set <see cref="AuditingOptions.RedactDetails"/>.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>Action, resource type and result; never the user, the address or the details.</summary>
    /// <returns>A short text for logs.</returns>
    public override string ToString() => $"{Action} {ResourceType} {Result}";
}
