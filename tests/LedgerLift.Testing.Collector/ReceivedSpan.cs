namespace LedgerLift.Testing;

/// <summary>A span as a collector gets it. The numbers are those of opentelemetry/proto/trace/v1/trace.proto.</summary>
public sealed record ReceivedSpan(
    string Scope,
    string Name,
    string TraceId,
    string SpanId,
    string ParentId,
    long Kind,
    long Status,
    IReadOnlyDictionary<string, object> Attributes
)
{
    public const long Ok = 1;
    public const long Error = 2;

    /// <summary>The program it came from (<c>service.name</c>).</summary>
    public string Service { get; init; } = "";

    internal static IEnumerable<ReceivedSpan> Of(ProtoMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(
            scope.Message(1)!.Text(1),
            span.Text(5),
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Number(6),
            span.Message(15)?.Number(3) ?? 0,
            span.Attributes(9)
        )
        {
            Service = ProtoMessage.ServiceOf(resource),
        };
}
