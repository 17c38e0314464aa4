using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auditing.Contract;

namespace LedgerLift.Auditing.Tests;

/// <summary>Valid entries over the whole range of what one may hold.</summary>
internal static class AuditEntries
{
    public static Gen<AuditEntry> Any =>
        from action in AuditActions.Any
        from id in ArbMap.Default.GeneratorFor<Guid>().Where(id => id != Guid.Empty)
        from seconds in Gen.Choose(0, int.MaxValue)
        from ticks in Gen.Choose(0, 9_999_999)
        from offset in Gen.Choose(-14, 14)
        from requestId in Gen.Elements<string?>(null, "", "request-1", "\u2028", "İ")
        from traceId in Gen.Elements<string?>(null, "0af7651916cd43dd8448eb211c80319c")
        select new AuditEntry(
            id,
            DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(ticks).ToOffset(TimeSpan.FromHours(offset)),
            action.Action,
            action.ResourceType,
            action.Result
        )
        {
            ResourceId = action.ResourceId,
            UserId = action.UserId,
            IpAddress = action.IpAddress,
            UserAgent = action.UserAgent,
            RequestId = requestId,
            TraceId = traceId,
            Details = action.Details,
        };

    /// <summary>One with everything in it.</summary>
    public static AuditEntry Full { get; } =
        new(
            new Guid("01890a5d-ac96-774b-bcce-b302099a8057"),
            new DateTimeOffset(2030, 6, 15, 14, 30, 0, TimeSpan.FromHours(2)).AddTicks(1234567),
            "document.upload",
            "document",
            "success"
        )
        {
            ResourceId = "2030/06/15/ä \"1\".pdf",
            UserId = "ann",
            IpAddress = "2001:db8::1",
            UserAgent = "curl/8.5.0\u2028",
            RequestId = "request-1",
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            Details = Json.Parse(
                """{"z":[1.0,-0.0,9007199254740993,1E+2,0.1],"a":{"nothing":null,"emoji":"\ud83d\ude00","line":"\u2028"},"":true}"""
            ),
        };

    /// <summary>One with nothing that may be left out.</summary>
    public static AuditEntry Bare { get; } = new(new Guid("01890a5d-ac96-774b-bcce-b302099a8058"), DateTimeOffset.UnixEpoch, "a", "b", "c");
}
