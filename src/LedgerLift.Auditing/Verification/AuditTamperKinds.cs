namespace LedgerLift.Auditing;

/// <summary>Every <see cref="AuditTamper.Kind"/>. Constants, stable across versions; a closed set that may tag a metric.</summary>
public static class AuditTamperKinds
{
    /// <summary>An entry at its place was changed, or its details or salt were.</summary>
    public const string EntryEdited = "entry_edited";

    /// <summary>A sealed entry is gone and no tombstone says why.</summary>
    public const string EntryDeleted = "entry_deleted";

    /// <summary>There is an entry among the sealed ones that was never sealed, or one twice.</summary>
    public const string EntryInserted = "entry_inserted";

    /// <summary>A sealed entry is at another place than it was sealed at.</summary>
    public const string EntryMoved = "entry_moved";

    /// <summary>The details of an entry are gone and no tombstone says why.</summary>
    public const string DetailsRemoved = "details_removed";

    /// <summary>The stored leaf hashes of a batch are not those that were sealed.</summary>
    public const string LeavesAltered = "leaves_altered";

    /// <summary>The header of a batch is not the one that the checkpoint names.</summary>
    public const string BatchAltered = "batch_altered";

    /// <summary>A batch is missing: from the middle, or from the end as an anchor shows.</summary>
    public const string BatchRemoved = "batch_removed";

    /// <summary>A batch has a number that does not follow, or there is one twice.</summary>
    public const string BatchMisplaced = "batch_misplaced";

    /// <summary>The checkpoint of a batch is missing.</summary>
    public const string CheckpointRemoved = "checkpoint_removed";

    /// <summary>A checkpoint does not follow on the one before, or not from the batches it stands for, or differs from the anchored one.</summary>
    public const string CheckpointAltered = "checkpoint_altered";

    /// <summary>The signature of a checkpoint is not by a known key: somebody without the key wrote it.</summary>
    public const string SignatureInvalid = "signature_invalid";

    /// <summary>A tombstone is not signed by a known key, or is of another trail.</summary>
    public const string TombstoneInvalid = "tombstone_invalid";

    /// <summary>There was more than was listed.</summary>
    public const string More = "more";
}
