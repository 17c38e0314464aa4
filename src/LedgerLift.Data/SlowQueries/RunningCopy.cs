using System.Diagnostics;

namespace LedgerLift.Data;

/// <summary>A COPY under way. One thread at a time.</summary>
/// <param name="startedAt">When it began.</param>
internal sealed class RunningCopy(long startedAt)
{
    public long StartedAt => startedAt;

    /// <summary>Asks for its span, until that is started.</summary>
    public ActivityListener? Listener { get; set; }

    /// <summary>Npgsql's span of it.</summary>
    public Activity? Span { get; set; }

    public string Sql => Span?.GetTagItem("db.query.text") as string ?? "COPY";
}
