namespace LedgerLift.Auditing;

/// <summary>What a verification found so far, up to a bound: a trail of another key has a fault in every batch.</summary>
internal sealed class TamperList
{
    private const int Most = 1000;

    private readonly List<AuditTamper> _tampers = [];
    private long _count;

    internal long Count => _count;

    internal void Add(string kind, long position, string message) => Add(new AuditTamper(kind, position, message));

    internal void Add(AuditTamper tamper)
    {
        _count++;
        if (_tampers.Count < Most)
            _tampers.Add(tamper);
    }

    internal IReadOnlyList<AuditTamper> ToList()
    {
        // Stable: what was found first at a position stays first.
        AuditTamper[] sorted = [.. _tampers.OrderBy(static tamper => tamper.Position)];
        return _count == sorted.Length
            ? sorted
            :
            [
                .. sorted,
                new AuditTamper(AuditTamperKinds.More, sorted[^1].Position, $"{_count - sorted.Length} more findings are not listed."),
            ];
    }
}
