using System.Buffers.Binary;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The columns that a scan asks for, in this order.</summary>
internal static class RowColumns
{
    internal const string List =
        "xact, id, ts, action, ip_address, request_id, resource_id, resource_type, result, trace_id, user_agent, user_id, details, salt, erased";

    internal const int Count = 15;
    internal const int Action = 3;
    internal const int IpAddress = 4;
    internal const int RequestId = 5;
    internal const int ResourceId = 6;
    internal const int ResourceType = 7;
    internal const int Result = 8;
    internal const int TraceId = 9;
    internal const int UserAgent = 10;
    internal const int UserId = 11;
    internal const int Details = 12;
    internal const int Salt = 13;
    internal const int Erased = 14;

    internal static ulong Xact(CopyRows row) => BinaryPrimitives.ReadUInt64BigEndian(row[0].Span);

    internal static Guid Id(CopyRows row) => new(row[1].Span, bigEndian: true);

    internal static DateTime Time(CopyRows row) => InstantText.ToDateTime(BinaryPrimitives.ReadInt64BigEndian(row[2].Span));
}
