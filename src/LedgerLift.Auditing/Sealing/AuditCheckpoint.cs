namespace LedgerLift.Auditing;

/// <summary>What the trail was after a batch, signed. Checkpoints form a chain of their own; one that lies where nobody can reach it (an anchor) holds everything before it in place.</summary>
/// <param name="Origin">The name of the trail.</param>
/// <param name="BatchNumber">The last batch, from 0.</param>
/// <param name="BatchHash">The hash of that batch's header.</param>
/// <param name="Size">How many entries the trail has up to and with that batch.</param>
/// <param name="Root">The Merkle root over the hashes of all batch headers, in their order: grows append-only, and proves any batch in log₂ n hashes.</param>
/// <param name="Previous">The <see cref="Hash"/> of the checkpoint before; <see cref="AuditHash.Zero"/> for the first.</param>
/// <param name="IssuedAt">When it was signed: UTC, whole microseconds.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Algorithm">How: one of <see cref="AuditSigningKey.Algorithm"/>'s values.</param>
/// <param name="Signature">The signature over <see cref="ToSignedBytes"/>.</param>
public sealed record AuditCheckpoint(
    string Origin,
    long BatchNumber,
    AuditHash BatchHash,
    long Size,
    AuditHash Root,
    AuditHash Previous,
    DateTimeOffset IssuedAt,
    string KeyId,
    string Algorithm,
    ReadOnlyMemory<byte> Signature
)
{
    /// <summary>The hash of the whole checkpoint, signature included: SHA-256 of its canonical JSON.</summary>
    public AuditHash Hash => Sha256Hash.Of(ToCanonicalJson());

    /// <summary>The checkpoint as canonical JSON (RFC 8785).</summary>
    /// <returns>A new array, UTF-8, without a line break.</returns>
    public byte[] ToCanonicalJson() => Write().Bytes("signature", Signature).Number("size", Size).ToArray();

    /// <summary>What is signed: the canonical JSON without the signature.</summary>
    /// <returns>A new array, UTF-8.</returns>
    public byte[] ToSignedBytes() => Write().Number("size", Size).ToArray();

    /// <summary>Reads what <see cref="ToCanonicalJson"/> gave.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <returns>The checkpoint; its signature is not verified.</returns>
    /// <exception cref="ArgumentException">The text is no JSON object, or a field is missing or bad; the message names it.</exception>
    public static AuditCheckpoint FromJson(ReadOnlyMemory<byte> utf8) => SealJson.Read(utf8, FromFields);

    /// <inheritdoc/>
    public bool Equals(AuditCheckpoint? other) =>
        other is not null && (ReferenceEquals(this, other) || ToCanonicalJson().AsSpan().SequenceEqual(other.ToCanonicalJson()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BatchNumber, BatchHash, Root);

    internal static AuditCheckpoint FromFields(AuditEntryFields fields) =>
        new(
            fields.OfThisFormat().RequiredText("origin"),
            fields.Number("batchNumber"),
            fields.Hash("batchHash"),
            fields.Number("size"),
            fields.Hash("root"),
            fields.Hash("previous"),
            fields.Instant("issuedAt"),
            fields.RequiredText("keyId"),
            fields.RequiredText("algorithm"),
            fields.Bytes("signature")
        );

    private SealJson Write() =>
        new SealJson()
            .Text("algorithm", Algorithm)
            .Hash("batchHash", BatchHash)
            .Number("batchNumber", BatchNumber)
            .Number("format", SealJson.Format)
            .Text("issuedAt", AuditInstant.Write(IssuedAt))
            .Text("keyId", KeyId)
            .Text("origin", Origin)
            .Hash("previous", Previous)
            .Hash("root", Root);
}
