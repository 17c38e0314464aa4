using System.Diagnostics;

namespace LedgerLift.Data;

/// <summary>A COPY under way.</summary>
/// <param name="Owner">The watch that heard its beginning.</param>
/// <param name="Connector">Its connection's id.</param>
/// <param name="Span">Npgsql's span of it.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record RunningCopy(CopyWatch Owner, int Connector, Activity Span, long StartedAt)
{
    public string Sql => Span.GetTagItem("db.query.text") as string ?? "COPY";
}
