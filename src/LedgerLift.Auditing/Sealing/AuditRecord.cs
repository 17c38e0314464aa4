using System.Security.Cryptography;

namespace LedgerLift.Auditing;

/// <summary>An entry as it is stored and sealed: the canonical bytes of all but the details, and the details apart, so that they can be erased and the rest still proves itself. Immutable.</summary>
/// <remarks>
/// The leaf is SHA-256(0x00 ‖ header ‖ details hash). The header is the canonical JSON of the entry without its details; the details hash is
/// SHA-256(salt ‖ canonical details), or 32 zero bytes for an entry that never had any. The salt keeps erased details from being guessed.
/// </remarks>
public sealed class AuditRecord
{
    /// <summary>How many bytes a salt has.</summary>
    public const int SaltLength = 16;

    /// <summary>Takes a record as it was stored. Nothing is checked here.</summary>
    /// <param name="header">The header's bytes.</param>
    /// <param name="detailsHash">The details hash.</param>
    /// <param name="details">The canonical details; null when there never were any, and when they were erased.</param>
    /// <param name="salt">The salt; null when the details are.</param>
    public AuditRecord(
        ReadOnlyMemory<byte> header,
        AuditHash detailsHash,
        ReadOnlyMemory<byte>? details = null,
        ReadOnlyMemory<byte>? salt = null
    )
    {
        Header = header;
        DetailsHash = detailsHash;
        Details = details;
        Salt = salt;
    }

    /// <summary>The canonical JSON of the entry without its details, UTF-8.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>SHA-256 of salt and details; <see cref="AuditHash.Zero"/> when there never were details.</summary>
    public AuditHash DetailsHash { get; }

    /// <summary>The canonical details, UTF-8; null when there never were any, and when they were erased.</summary>
    public ReadOnlyMemory<byte>? Details { get; }

    /// <summary>16 random bytes; null when the details are.</summary>
    public ReadOnlyMemory<byte>? Salt { get; }

    /// <summary>Whether there were details and they are gone.</summary>
    public bool IsErased => !DetailsHash.IsZero && Details is null;

    /// <summary>Makes the record of an entry, with a random salt when it has details.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>What is to be stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    public static AuditRecord Create(AuditEntry entry)
    {
        Span<byte> salt = stackalloc byte[SaltLength];
        RandomNumberGenerator.Fill(salt);
        return Create(entry, salt);
    }

    /// <summary>Makes the record of an entry with a salt of one's own.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="salt">16 bytes that nobody can guess, never used before. Not used for an entry without details.</param>
    /// <returns>What is to be stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="salt"/> has another length.</exception>
    public static AuditRecord Create(AuditEntry entry, ReadOnlySpan<byte> salt)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (salt.Length != SaltLength)
            throw new ArgumentException($"A salt has {SaltLength} bytes, but there are {salt.Length}.", nameof(salt));
        var header = AuditEntryCanonical.Write(entry, withDetails: false);
        return entry.CanonicalDetails is { } details
            ? new AuditRecord(header, HashDetails(salt, details.Span), details, salt.ToArray())
            : new AuditRecord(header, AuditHash.Zero);
    }

    /// <summary>The leaf of this record in its batch's Merkle tree.</summary>
    /// <returns>The hash; the details are not looked at (see <see cref="AreDetailsIntact"/>).</returns>
    public AuditHash ComputeLeaf()
    {
        Span<byte> detailsHash = stackalloc byte[AuditHash.Length];
        DetailsHash.CopyTo(detailsHash);
        return Sha256Hash.Of([0], Header.Span, detailsHash);
    }

    /// <summary>Whether details and salt are those that were hashed, or both are gone.</summary>
    /// <returns>False when they were changed, when only one is gone, or when there are some where there never were.</returns>
    public bool AreDetailsIntact() =>
        (Details, Salt) switch
        {
            (null, null) => true,
            ({ } details, { } salt) => HashDetails(salt.Span, details.Span) == DetailsHash,
            _ => false,
        };

    /// <summary>The record after its details were erased: the same leaf.</summary>
    /// <returns>A record without details and salt.</returns>
    public AuditRecord Erase() => new(Header, DetailsHash);

    /// <summary>The entry, without details when they were erased.</summary>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentException">Header or details are no valid entry: they were changed.</exception>
    public AuditEntry ToEntry() => AuditEntryJson.Read(Header, Details);

    private static AuditHash HashDetails(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> details) => Sha256Hash.Of(salt, details, []);
}
