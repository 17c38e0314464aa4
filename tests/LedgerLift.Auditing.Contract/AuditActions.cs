using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auditing.Contract;

/// <summary>Actions over the whole range of what an entry may hold, and over few values, so that filters meet them.</summary>
internal static class AuditActions
{
    /// <summary>Any valid action.</summary>
    public static Gen<AuditAction> Any =>
        from action in Name
        from resourceType in Name
        from result in Name
        from resourceId in Optional
        from userId in Optional
        from ipAddress in Optional
        from userAgent in Optional
        from details in Gen.Frequency((1, Gen.Constant<string?>(null)), (4, JsonTexts.Any().Select(string? (json) => json)))
        select new AuditAction(action, resourceType, result)
        {
            ResourceId = resourceId,
            UserId = userId,
            IpAddress = ipAddress,
            UserAgent = userAgent,
            Details = details is null ? null : Parse(details),
        };

    /// <summary>Actions of few values that differ in case and in wildcards only.</summary>
    public static Gen<AuditAction> Few =>
        from action in Gen.Elements("a", "A", "%")
        from resourceType in Gen.Elements("r", "_")
        from result in Gen.Elements("success", "failure")
        from resourceId in FewOptional
        from userId in FewOptional
        select new AuditAction(action, resourceType, result) { ResourceId = resourceId, UserId = userId };

    /// <summary>Filters over the values of <see cref="Few"/>; the times are minutes after a start.</summary>
    public static Gen<(AuditFilters Filters, int? From, int? To)> Filters =>
        from action in Perhaps(Gen.Elements("a", "A", "%"))
        from resourceType in Perhaps(Gen.Elements("r", "_"))
        from result in Perhaps(Gen.Elements("success", "failure"))
        from resourceId in FewOptional
        from userId in FewOptional
        from requestId in Perhaps(Gen.Elements("request-1", "request-2"))
        from start in PerhapsMinute
        from end in PerhapsMinute
        from limit in Gen.Choose(1, 7)
        select (
            new AuditFilters
            {
                Action = action,
                ResourceType = resourceType,
                Result = result,
                ResourceId = resourceId,
                UserId = userId,
                RequestId = requestId,
                Limit = limit,
            },
            start > end ? end : start,
            start > end ? start : end
        );

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        return document.RootElement.Clone();
    }

    private static Gen<string> Name =>
        Gen.Frequency((3, Gen.Elements("document.upload", "token.revoke", "x")), (2, Gen.Elements(HostileTexts.All.ToArray())));

    private static Gen<string?> Optional =>
        Gen.Frequency((1, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("")), (4, Name.Select(string? (text) => text)));

    private static Gen<string?> FewOptional => Gen.Elements<string?>(null, null, "", "ann", "Ann");

    private static Gen<int?> PerhapsMinute =>
        Gen.Frequency((2, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 12).Select(int? (minute) => minute)));

    private static Gen<string?> Perhaps(Gen<string> some) =>
        Gen.Frequency((2, Gen.Constant<string?>(null)), (1, some.Select(string? (text) => text)));
}
