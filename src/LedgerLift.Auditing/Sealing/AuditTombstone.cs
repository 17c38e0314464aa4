namespace LedgerLift.Auditing;

/// <summary>The signed proof that details were erased, or a partition dropped, by right: without it a verification reports them as tampered with.</summary>
/// <param name="Origin">The name of the trail.</param>
/// <param name="Kind">What was taken out.</param>
/// <param name="Subject">The id of the entry (36 characters, lower case), or the name of the partition.</param>
/// <param name="LastBatch">The last batch that it applies to; a later one must be whole.</param>
/// <param name="IssuedAt">When it was signed: UTC, whole microseconds.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Algorithm">How: one of <see cref="AuditSigningKey.Algorithm"/>'s values.</param>
/// <param name="Signature">The signature over <see cref="ToSignedBytes"/>.</param>
public sealed record AuditTombstone(
    string Origin,
    AuditTombstoneKind Kind,
    string Subject,
    long LastBatch,
    DateTimeOffset IssuedAt,
    string KeyId,
    string Algorithm,
    ReadOnlyMemory<byte> Signature
)
{
    /// <summary>The tombstone as canonical JSON (RFC 8785).</summary>
    /// <returns>A new array, UTF-8, without a line break.</returns>
    public byte[] ToCanonicalJson() => Write().Bytes("signature", Signature).Text("subject", Subject).ToArray();

    /// <summary>What is signed: the canonical JSON without the signature.</summary>
    /// <returns>A new array, UTF-8.</returns>
    public byte[] ToSignedBytes() => Write().Text("subject", Subject).ToArray();

    /// <summary>Reads what <see cref="ToCanonicalJson"/> gave.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <returns>The tombstone; its signature is not verified.</returns>
    /// <exception cref="ArgumentException">The text is no JSON object, or a field is missing or bad; the message names it.</exception>
    public static AuditTombstone FromJson(ReadOnlyMemory<byte> utf8) => SealJson.Read(utf8, FromFields);

    /// <inheritdoc/>
    public bool Equals(AuditTombstone? other) =>
        other is not null && (ReferenceEquals(this, other) || ToCanonicalJson().AsSpan().SequenceEqual(other.ToCanonicalJson()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Subject, LastBatch);

    internal static AuditTombstone FromFields(AuditEntryFields fields) =>
        new(
            fields.OfThisFormat().RequiredText("origin"),
            fields.RequiredText("kind") switch
            {
                "details" => AuditTombstoneKind.Details,
                "partition" => AuditTombstoneKind.Partition,
                _ => throw BadField.Named("kind", "The field kind must be details or partition."),
            },
            fields.RequiredText("subject"),
            fields.Number("lastBatch"),
            fields.Instant("issuedAt"),
            fields.RequiredText("keyId"),
            fields.RequiredText("algorithm"),
            fields.Bytes("signature")
        );

    private SealJson Write() =>
        new SealJson()
            .Text("algorithm", Algorithm)
            .Number("format", SealJson.Format)
            .Text("issuedAt", AuditInstant.Write(IssuedAt))
            .Text("keyId", KeyId)
            .Text("kind", Kind is AuditTombstoneKind.Details ? "details" : "partition")
            .Number("lastBatch", LastBatch)
            .Text("origin", Origin);
}
