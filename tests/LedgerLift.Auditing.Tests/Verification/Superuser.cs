namespace LedgerLift.Auditing.Tests;

/// <summary>Somebody who may change every table of a trail, and does, in one of the kinds below. Has no anchor within reach, and the key only where it says so.</summary>
internal sealed class Superuser(StoredTrail trail, Random random)
{
    private static readonly AuditSigningKey s_ownKey = AuditSigningKey.FromSecret("k1", Enumerable.Repeat((byte)66, 32).ToArray());

    /// <summary>Every way to tamper. Each says what must be found.</summary>
    public static IReadOnlyList<(string Name, Func<Superuser, ExpectedFinding> Do)> Ways { get; } =
    [
        ("edit a field", user => user.EditField()),
        ("edit details", user => user.EditDetails()),
        ("delete an entry", user => user.DeleteEntry()),
        ("delete an entry and its seal", user => user.DeleteEntryAndSeal()),
        ("insert an entry", user => user.InsertEntry()),
        ("replace an entry by a copy of another", user => user.CopyOver()),
        ("swap two entries", user => user.SwapEntries()),
        ("swap two entries with their leaves", user => user.SwapWithLeaves()),
        ("remove the last batches", user => user.RemoveLastBatches()),
        ("remove a batch from the middle", user => user.RemoveMiddleBatch()),
        ("change a header", user => user.ChangeHeader()),
        ("rewrite rows, batches and chain, keeping the signatures", user => user.Rewrite(key: null)),
        ("rewrite rows, batches and chain, signing with another key", user => user.Rewrite(s_ownKey)),
        ("rewrite rows, batches and chain with the stolen key", user => user.Rewrite(TrailGenerator.Key)),
        ("erase details without a tombstone", user => user.EraseDetails(forge: false)),
        ("erase details with a forged tombstone", user => user.EraseDetails(forge: true)),
        ("drop a partition with a forged tombstone", user => user.DropPartition()),
        ("remove a checkpoint", user => user.RemoveCheckpoint()),
        ("put an older checkpoint in the place of a later one", user => user.ReplayCheckpoint()),
        ("change a stored leaf", user => user.ChangeLeaf()),
    ];

    private StoredEntry AnyEntry => trail.Seals[random.Next(trail.Seals.Count)];

    private StoredEntry AnyEntryWithDetails
    {
        get
        {
            StoredEntry[] some = [.. trail.Seals.Where(entry => trail.Records[entry.EntryId].Details is not null)];
            return some[random.Next(some.Length)];
        }
    }

    private AuditBatch AnyBatch => trail.Batches.Values.ElementAt(random.Next(trail.Batches.Count));

    private ExpectedFinding EditField()
    {
        var entry = AnyEntry;
        var record = trail.Records[entry.EntryId];
        trail.Records[entry.EntryId] = Edited(record);
        return new ExpectedFinding(AuditTamperKinds.EntryEdited, trail.PositionOf(entry));
    }

    private ExpectedFinding EditDetails()
    {
        var entry = AnyEntryWithDetails;
        var record = trail.Records[entry.EntryId];
        var details = record.Details!.Value.ToArray();
        details[random.Next(details.Length)] ^= (byte)random.Next(1, 256);
        trail.Records[entry.EntryId] = new AuditRecord(record.Header, record.DetailsHash, details, record.Salt);
        return new ExpectedFinding(AuditTamperKinds.EntryEdited, trail.PositionOf(entry));
    }

    private ExpectedFinding DeleteEntry()
    {
        var entry = AnyEntry;
        trail.Records.Remove(entry.EntryId);
        return new ExpectedFinding(AuditTamperKinds.EntryDeleted, trail.PositionOf(entry));
    }

    private ExpectedFinding DeleteEntryAndSeal()
    {
        var entry = AnyEntry;
        trail.Records.Remove(entry.EntryId);
        trail.Seals.Remove(entry);
        return new ExpectedFinding(AuditTamperKinds.EntryDeleted, trail.PositionOf(entry));
    }

    private ExpectedFinding InsertEntry()
    {
        var batch = AnyBatch;
        var entry = TrailGenerator.Entry(trail, random);
        var record = AuditRecord.Create(entry);
        trail.Records.Add(entry.Id, record);
        // Behind the last one, or at a place that is taken.
        var index = random.Next(batch.Count + 1);
        trail.Seals.Add(new StoredEntry(batch.Number, index, entry.Id, record.ComputeLeaf()));
        return new ExpectedFinding(AuditTamperKinds.EntryInserted, batch.FirstPosition + index);
    }

    private ExpectedFinding CopyOver()
    {
        var (from, to) = TwoOfOneBatch();
        trail.Records[to.EntryId] = trail.Records[from.EntryId];
        return new ExpectedFinding(AuditTamperKinds.EntryEdited, trail.PositionOf(to));
    }

    private ExpectedFinding SwapEntries()
    {
        var (one, other) = TwoOfOneBatch();
        (trail.Records[one.EntryId], trail.Records[other.EntryId]) = (trail.Records[other.EntryId], trail.Records[one.EntryId]);
        return new ExpectedFinding(AuditTamperKinds.EntryMoved, trail.PositionOf(random.Next(2) == 0 ? one : other));
    }

    private ExpectedFinding SwapWithLeaves()
    {
        var (one, other) = TwoOfOneBatch();
        trail.Seals[trail.Seals.IndexOf(one)] = other with { Index = one.Index };
        trail.Seals[trail.Seals.IndexOf(other)] = one with { Index = other.Index };
        return new ExpectedFinding(AuditTamperKinds.LeavesAltered, trail.Batches[one.Batch].FirstPosition);
    }

    private ExpectedFinding RemoveLastBatches()
    {
        var first = trail.Batches[random.Next(1, trail.Batches.Count)];
        for (var number = (long)trail.Batches.Count - 1; number >= first.Number; number--)
            RemoveBatch(number);
        return new ExpectedFinding(AuditTamperKinds.BatchRemoved, first.FirstPosition);
    }

    private ExpectedFinding RemoveMiddleBatch()
    {
        var batch = trail.Batches[random.Next(0, trail.Batches.Count - 1)];
        RemoveBatch(batch.Number);
        return new ExpectedFinding(AuditTamperKinds.BatchRemoved, batch.FirstPosition);
    }

    private ExpectedFinding ChangeHeader()
    {
        var batch = AnyBatch;
        trail.Batches[batch.Number] = random.Next(6) switch
        {
            0 => batch with { Count = random.Next(2) == 0 ? batch.Count + random.Next(1, 5) : random.Next(batch.Count) },
            1 => batch with { SealedAt = batch.SealedAt.AddMicroseconds(1) },
            2 => batch with { Partition = batch.Partition + "x" },
            3 => batch with { Root = batch.Previous },
            4 => batch with { FirstPosition = batch.FirstPosition + random.Next(1, 9) },
            _ => batch with { Previous = batch.Root },
        };
        return new ExpectedFinding(AuditTamperKinds.BatchAltered, batch.FirstPosition);
    }

    // Changes one entry and makes everything from there on fit again, as far as that is possible with this key.
    private ExpectedFinding Rewrite(AuditSigningKey? key)
    {
        var entry = AnyEntry;
        var edited = Edited(trail.Records[entry.EntryId]);
        trail.Records[entry.EntryId] = edited;
        trail.Seals[trail.Seals.IndexOf(entry)] = entry with { Leaf = edited.ComputeLeaf() };
        var tree = new MerkleFrontier();
        foreach (var number in trail.Batches.Keys.ToList())
        {
            var batch = trail.Batches[number];
            AuditHash[] leaves = [.. trail.Seals.Where(each => each.Batch == number).OrderBy(each => each.Index).Select(each => each.Leaf)];
            batch = batch with { Root = MerkleTree.Root(leaves), Previous = number == 0 ? default : trail.Batches[number - 1].Hash };
            trail.Batches[number] = batch;
            tree.Append(MerkleTree.HashLeaf(batch.Hash.ToByteArray()));
            if (number >= entry.Batch)
                trail.Checkpoints[number] = Resigned(number, batch, tree.Root, key);
        }

        return new ExpectedFinding(
            ReferenceEquals(key, TrailGenerator.Key) ? AuditTamperKinds.BatchAltered : AuditTamperKinds.SignatureInvalid,
            trail.Batches[entry.Batch].FirstPosition
        );
    }

    private AuditCheckpoint Resigned(long number, AuditBatch batch, AuditHash root, AuditSigningKey? key)
    {
        var draft = trail.Checkpoints[number] with
        {
            BatchHash = batch.Hash,
            Root = root,
            Previous = number == 0 ? default : trail.Checkpoints[number - 1].Hash,
        };
        return key is null ? draft : draft with { Signature = key.Sign(draft.ToSignedBytes()) };
    }

    private ExpectedFinding EraseDetails(bool forge)
    {
        var entry = AnyEntryWithDetails;
        trail.Records[entry.EntryId] = trail.Records[entry.EntryId].Erase();
        if (forge)
            trail.Tombstones.Add(Forged(AuditTombstoneKind.Details, entry.EntryId.ToString()));
        return new ExpectedFinding(AuditTamperKinds.DetailsRemoved, trail.PositionOf(entry));
    }

    private ExpectedFinding DropPartition()
    {
        var partition = AnyBatch.Partition;
        var first = trail.Batches.Values.First(batch => batch.Partition == partition);
        trail.Drop(partition);
        trail.Tombstones[^1] = random.Next(3) switch
        {
            0 => Forged(AuditTombstoneKind.Partition, partition),
            // A true one, but for another partition, or for the batches before.
            1 => trail.Sealer.SignTombstone(AuditTombstoneKind.Partition, "1999-12", long.MaxValue),
            _ => trail.Sealer.SignTombstone(AuditTombstoneKind.Details, partition, long.MaxValue),
        };
        return new ExpectedFinding(AuditTamperKinds.EntryDeleted, first.FirstPosition);
    }

    private ExpectedFinding RemoveCheckpoint()
    {
        var batch = AnyBatch;
        trail.Checkpoints.Remove(batch.Number);
        return new ExpectedFinding(AuditTamperKinds.CheckpointRemoved, batch.FirstPosition);
    }

    private ExpectedFinding ReplayCheckpoint()
    {
        var number = random.Next(1, trail.Batches.Count);
        trail.Checkpoints[number] = trail.Checkpoints[random.Next(number)];
        return new ExpectedFinding(AuditTamperKinds.CheckpointAltered, trail.Batches[number].FirstPosition);
    }

    private ExpectedFinding ChangeLeaf()
    {
        var entry = AnyEntry;
        trail.Seals[trail.Seals.IndexOf(entry)] = entry with { Leaf = MerkleTree.HashLeaf([1, 2, 3]) };
        return new ExpectedFinding(AuditTamperKinds.LeavesAltered, trail.PositionOf(entry));
    }

    private AuditTombstone Forged(AuditTombstoneKind kind, string subject)
    {
        var draft = new AuditTombstone(
            StoredTrail.Origin,
            kind,
            subject,
            long.MaxValue,
            trail.Clock.GetUtcNow(),
            s_ownKey.Id,
            s_ownKey.Algorithm,
            default
        );
        return draft with { Signature = s_ownKey.Sign(draft.ToSignedBytes()) };
    }

    private (StoredEntry One, StoredEntry Other) TwoOfOneBatch()
    {
        var batch = AnyBatch;
        StoredEntry[] entries = [.. trail.Seals.Where(entry => entry.Batch == batch.Number)];
        random.Shuffle(entries);
        return (entries[0], entries[1]);
    }

    private void RemoveBatch(long number)
    {
        foreach (var entry in trail.Seals.Where(entry => entry.Batch == number))
            trail.Records.Remove(entry.EntryId);
        trail.Seals.RemoveAll(entry => entry.Batch == number);
        trail.Batches.Remove(number);
        trail.Checkpoints.Remove(number);
    }

    private AuditRecord Edited(AuditRecord record)
    {
        var entry = new AuditRecord(record.Header, record.DetailsHash).ToEntry();
        var changed = random.Next(3) switch
        {
            0 => entry with { UserId = entry.UserId + "x" },
            1 => entry with { ResourceId = null },
            _ => new AuditEntry(entry.Id, entry.Timestamp.AddMicroseconds(1), entry.Action, entry.ResourceType, entry.Result),
        };
        return new AuditRecord(changed.ToCanonicalJson(), record.DetailsHash, record.Details, record.Salt);
    }
}
