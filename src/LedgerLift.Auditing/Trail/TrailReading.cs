using System.Collections.Frozen;

namespace LedgerLift.Auditing;

/// <summary>The verification of an exported trail, line by line.</summary>
internal sealed class TrailReading(IEnumerable<AuditSigningKey> keys, IEnumerable<AuditCheckpoint>? anchors, string? expectedOrigin)
{
    private static readonly FrozenSet<string> s_names = FrozenSet.Create(
        StringComparer.Ordinal,
        "kind",
        "format",
        "origin",
        "tombstone",
        "batch",
        "checkpoint",
        "index",
        "leaf",
        "header",
        "detailsHash",
        "details",
        "salt",
        "batches",
        "entries"
    );

    private readonly List<AuditTombstone> _tombstones = [];
    private TrailPart _part = TrailPart.Start;
    private AuditTrailVerifier? _verifier;
    private string _origin = "";
    private long _batches;
    private long _entries;

    internal void Add(AuditEntryFields line)
    {
        line.ThrowIfUnknown(s_names);
        var kind = line.OfThisFormat().RequiredText("kind");
        if (_part is TrailPart.End)
            throw BadField.Named("kind", "there is something behind the end of the trail");
        if (kind is "trail" != _part is TrailPart.Start)
            throw BadField.Named("kind", "a trail begins with one line of the kind trail");
        switch (kind)
        {
            case "trail":
                Begin(line);
                break;
            case "tombstone" when _part is TrailPart.Tombstones:
                _tombstones.Add(AuditTombstone.FromFields(line.Object("tombstone")));
                break;
            case "batch":
                AddBatch(line);
                break;
            case "entry" when _part is TrailPart.Batches:
                AddEntry(line);
                break;
            case "end":
                End(line);
                break;
            default:
                throw BadField.Named("kind", $"a line of the kind {kind} does not belong here");
        }
    }

    /// <summary>What was found; null when the end is missing.</summary>
    internal AuditVerification? Complete() => _part is TrailPart.End ? Verifier().Complete() : null;

    private void Begin(AuditEntryFields line)
    {
        _origin = line.RequiredText("origin");
        if (expectedOrigin is not null && !string.Equals(expectedOrigin, _origin, StringComparison.Ordinal))
            throw BadField.Named("origin", "this is another trail than the one that was asked for");
        _part = TrailPart.Tombstones;
    }

    private void AddBatch(AuditEntryFields line)
    {
        _part = TrailPart.Batches;
        _batches++;
        Verifier()
            .AddBatch(
                AuditBatch.FromFields(line.Object("batch")),
                line.Find("checkpoint") is null ? null : AuditCheckpoint.FromFields(line.Object("checkpoint"))
            );
    }

    private void AddEntry(AuditEntryFields line)
    {
        _entries++;
        var leaf = line.Find("leaf") is null ? default(AuditHash?) : line.Hash("leaf");
        Verifier().AddEntry((int)Math.Min(line.Number("index"), int.MaxValue), TrailJson.ReadRecord(line), leaf);
    }

    // Cut off in the middle and given a new end, a file still says how long it was.
    private void End(AuditEntryFields line)
    {
        if (line.Number("batches") != _batches || line.Number("entries") != _entries)
            throw BadField.Named("kind", "the file has not as many lines as its end says");
        _part = TrailPart.End;
    }

    private AuditTrailVerifier Verifier() => _verifier ??= new AuditTrailVerifier(_origin, keys, anchors, _tombstones);
}
