namespace LedgerLift.Testing;

/// <summary>A point of a sum or a histogram as a collector gets it. The numbers are those of opentelemetry/proto/metrics/v1/metrics.proto.</summary>
public sealed record ReceivedPoint(
    string Scope,
    string Name,
    string Unit,
    double Value,
    long Count,
    IReadOnlyDictionary<string, object> Attributes
)
{
    /// <summary>The program it came from (<c>service.name</c>).</summary>
    public string Service { get; init; } = "";

    internal static IEnumerable<ReceivedPoint> Of(ProtoMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from point in PointsOf(scope.Message(1)!.Text(1), metric)
        select point with
        {
            Service = ProtoMessage.ServiceOf(resource),
        };

    private static IEnumerable<ReceivedPoint> PointsOf(string scope, ProtoMessage metric)
    {
        foreach (var point in metric.Message(7)?.Messages(1) ?? [])
        {
            var value = point.Has(6) ? point.Number(6) : point.Double(4);
            yield return new ReceivedPoint(scope, metric.Text(1), metric.Text(3), value, 1, point.Attributes(7));
        }

        foreach (var point in metric.Message(9)?.Messages(1) ?? [])
            yield return new ReceivedPoint(scope, metric.Text(1), metric.Text(3), point.Double(5), point.Number(4), point.Attributes(9));
    }
}
