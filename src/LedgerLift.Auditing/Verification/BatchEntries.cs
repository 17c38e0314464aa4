using System.Runtime.InteropServices;

namespace LedgerLift.Auditing;

/// <summary>The entries of one batch as they were found, and what is wrong with them.</summary>
internal sealed class BatchEntries(AuditBatch batch, long firstPosition, TombstoneSet tombstones, TamperList tampers)
{
    private readonly List<FoundEntry> _found = [];

    internal int Found { get; private set; }

    internal int Erased { get; private set; }

    internal int Dropped { get; private set; }

    internal void Add(int index, AuditRecord? record, AuditHash? storedLeaf)
    {
        if (index < 0 || index >= batch.Count)
        {
            tampers.Add(
                AuditTamperKinds.EntryInserted,
                At(index),
                $"Batch {batch.Number} has {batch.Count} entries, and there is one at {index}."
            );
            return;
        }

        while (_found.Count <= index)
            _found.Add(default);
        if (_found[index].IsFound)
        {
            tampers.Add(AuditTamperKinds.EntryInserted, At(index), $"There are two entries at {index} of batch {batch.Number}.");
            return;
        }

        _found[index] = new FoundEntry(IsFound: true, record?.ComputeLeaf(), storedLeaf);
        if (record is null)
            return;
        Found++;
        CheckDetails(index, record);
    }

    /// <summary>To be called when all entries were added.</summary>
    internal void Check()
    {
        var found = CollectionsMarshal.AsSpan(_found);
        if (Found == batch.Count)
            CheckWhole(found);
        else if (tombstones.Explains(AuditTombstoneKind.Partition, batch.Partition, batch.Number))
            Dropped = batch.Count - Found;
        else
            CheckPartial(found);
    }

    private long At(int index) => firstPosition + index;

    private void CheckWhole(ReadOnlySpan<FoundEntry> found)
    {
        if (RootOf(found, static entry => entry.Leaf) == batch.Root)
        {
            for (var i = 0; i < found.Length; i++)
                if (found[i].Stored is { } stored && stored != found[i].Leaf)
                    tampers.Add(
                        AuditTamperKinds.LeavesAltered,
                        At(i),
                        $"The stored leaf hash at {i} of batch {batch.Number} was changed; the entry was not."
                    );
            return;
        }

        Diagnose(found);
    }

    private void CheckPartial(ReadOnlySpan<FoundEntry> found)
    {
        for (var i = 0; i < batch.Count; i++)
            if (i >= found.Length || found[i].Leaf is null)
            {
                tampers.Add(AuditTamperKinds.EntryDeleted, At(i), $"The entry at {i} of batch {batch.Number} is gone.");
                // A batch that is empty from here on is one finding more, not a thousand: its header's count may be forged.
                if (i >= found.Length && i + 1 < batch.Count)
                {
                    tampers.Add(AuditTamperKinds.EntryDeleted, At(i + 1), $"So are all entries of batch {batch.Number} behind it.");
                    break;
                }
            }

        Diagnose(found);
    }

    // The root is wrong, or cannot be computed. Stored leaves that make the root tell which entries are wrong.
    private void Diagnose(ReadOnlySpan<FoundEntry> found)
    {
        var areTrusted = found.Length == batch.Count && RootOf(found, static entry => entry.Stored) == batch.Root;
        var places = areTrusted ? PlacesOf(found) : [];
        var before = tampers.Count;
        for (var i = 0; i < found.Length; i++)
            if (found[i] is { Leaf: { } leaf, Stored: { } stored } && leaf != stored)
                ReportWrong(found, i, places.GetValueOrDefault(leaf, -1));
        if (!areTrusted && (Found == batch.Count || tampers.Count > before))
            tampers.Add(
                AuditTamperKinds.LeavesAltered,
                firstPosition,
                $"The entries of batch {batch.Number} do not make its root, and neither do their stored leaf hashes: both were changed, or the root was."
            );
    }

    private void ReportWrong(ReadOnlySpan<FoundEntry> found, int index, int sealedAt)
    {
        // A copy of an entry that is still at its own place is no move.
        var isMoved = sealedAt >= 0 && found[sealedAt].Leaf != found[sealedAt].Stored;
        tampers.Add(
            isMoved ? AuditTamperKinds.EntryMoved : AuditTamperKinds.EntryEdited,
            At(index),
            isMoved
                ? $"The entry at {index} of batch {batch.Number} was sealed at {sealedAt}."
                : $"The entry at {index} of batch {batch.Number} is not the one that was sealed."
        );
    }

    private void CheckDetails(int index, AuditRecord record)
    {
        if (!record.AreDetailsIntact())
            tampers.Add(
                AuditTamperKinds.EntryEdited,
                At(index),
                $"The details at {index} of batch {batch.Number} are not those that were sealed."
            );
        else if (record.IsErased)
            CheckErased(index, record);
    }

    private void CheckErased(int index, AuditRecord record)
    {
        if (IdOf(record) is { } id && tombstones.Explains(AuditTombstoneKind.Details, id, batch.Number))
            Erased++;
        else
            tampers.Add(
                AuditTamperKinds.DetailsRemoved,
                At(index),
                $"The details at {index} of batch {batch.Number} are gone, and no tombstone says why."
            );
    }

    private static string? IdOf(AuditRecord record)
    {
        try
        {
            return record.ToEntry().Id.ToString();
        }
        catch (ArgumentException)
        {
            // The header was edited, too; that is found by its leaf.
            return null;
        }
    }

    private static Dictionary<AuditHash, int> PlacesOf(ReadOnlySpan<FoundEntry> found)
    {
        var places = new Dictionary<AuditHash, int>();
        for (var i = 0; i < found.Length; i++)
            places.TryAdd(found[i].Stored!.Value, i);
        return places;
    }

    /// <summary>The root, or null when a leaf is missing.</summary>
    private static AuditHash? RootOf(ReadOnlySpan<FoundEntry> found, Func<FoundEntry, AuditHash?> leafOf)
    {
        var leaves = new AuditHash[found.Length];
        for (var i = 0; i < leaves.Length; i++)
        {
            if (leafOf(found[i]) is not { } leaf)
                return null;
            leaves[i] = leaf;
        }

        return MerkleTree.Root(leaves);
    }
}
