namespace LedgerLift.Auditing;

/// <summary>The header of a batch of sealed entries. Batches form a chain: each holds the hash of the one before.</summary>
/// <remarks>A batch holds entries of one partition only, so that retention can drop a partition as a whole.</remarks>
/// <param name="Origin">The name of the trail.</param>
/// <param name="Number">Which batch of the trail, from 0 without gaps.</param>
/// <param name="FirstPosition">The position of its first entry in the trail: how many were sealed before.</param>
/// <param name="Count">How many entries it has, from 1.</param>
/// <param name="Partition">The partition of its entries, as the month <c>2026-03</c>.</param>
/// <param name="Root">The Merkle root over the leaves of its entries.</param>
/// <param name="Previous">The <see cref="Hash"/> of the batch before; <see cref="AuditHash.Zero"/> for the first.</param>
/// <param name="SealedAt">When it was sealed: UTC, whole microseconds.</param>
public sealed record AuditBatch(
    string Origin,
    long Number,
    long FirstPosition,
    int Count,
    string Partition,
    AuditHash Root,
    AuditHash Previous,
    DateTimeOffset SealedAt
)
{
    /// <summary>The hash of the header: SHA-256 of its canonical JSON.</summary>
    public AuditHash Hash => Sha256Hash.Of(ToCanonicalJson());

    /// <summary>The header as canonical JSON (RFC 8785): what is hashed.</summary>
    /// <returns>A new array, UTF-8.</returns>
    public byte[] ToCanonicalJson() =>
        new SealJson()
            .Number("count", Count)
            .Number("firstPosition", FirstPosition)
            .Number("format", SealJson.Format)
            .Number("number", Number)
            .Text("origin", Origin)
            .Text("partition", Partition)
            .Hash("previous", Previous)
            .Hash("root", Root)
            .Text("sealedAt", AuditInstant.Write(SealedAt))
            .ToArray();

    /// <summary>Reads what <see cref="ToCanonicalJson"/> gave.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ArgumentException">The text is no JSON object, or a field is missing or bad; the message names it.</exception>
    public static AuditBatch FromJson(ReadOnlyMemory<byte> utf8) => SealJson.Read(utf8, FromFields);

    internal static AuditBatch FromFields(AuditEntryFields fields) =>
        new(
            fields.OfThisFormat().RequiredText("origin"),
            fields.Number("number"),
            fields.Number("firstPosition"),
            (int)Math.Min(fields.Number("count"), int.MaxValue),
            fields.RequiredText("partition"),
            fields.Hash("root"),
            fields.Hash("previous"),
            fields.Instant("sealedAt")
        );
}
