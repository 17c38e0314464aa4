namespace LedgerLift.Auditing;

/// <summary>The order of the trail: by time, equal times by id.</summary>
internal sealed class EntryOrder : IComparer<AuditEntry>
{
    internal static EntryOrder OldestFirst { get; } = new();

    public int Compare(AuditEntry? x, AuditEntry? y)
    {
        if (x is null || y is null)
            return Comparer<bool>.Default.Compare(x is not null, y is not null);
        var byTime = x.Timestamp.CompareTo(y.Timestamp);
        return byTime != 0 ? byTime : x.Id.CompareTo(y.Id);
    }
}
