using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auditing;

/// <summary>A place in the order of a query, newest first and equal times by id descending: right after this entry.</summary>
/// <remarks>
/// As text: base64url of a version byte, microseconds since 1970 and the id (both big-endian), and the first 16 bytes of the SHA-256 of all this and the filters.
/// The last part is no secret; it finds cursors that were cut, made up or taken from another query.
/// </remarks>
/// <param name="Timestamp">The time of the last entry seen, UTC, in whole microseconds.</param>
/// <param name="Id">The id of the last entry seen.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuditCursor(DateTimeOffset Timestamp, Guid Id)
{
    private const byte Version = 1;
    private const int PlaceBytes = 1 + 8 + 16;
    private const int TagBytes = 16;
    private const int Bytes = PlaceBytes + TagBytes;

    /// <summary>Writes the cursor for a query.</summary>
    /// <param name="filters">The filters of the query; limit and cursor do not matter.</param>
    /// <returns>The text, 55 characters that need no escaping in a URL.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null.</exception>
    public string Encode(AuditFilters filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], AuditInstant.ToMicroseconds(Timestamp));
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        WriteTag(bytes[..PlaceBytes], filters, bytes[PlaceBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">What <see cref="Encode"/> gave.</param>
    /// <param name="filters">The filters of the query it is used in.</param>
    /// <param name="parameterName">The name of the caller's parameter, for the exception.</param>
    /// <returns>The place.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="filters"/> is null.</exception>
    /// <exception cref="ArgumentException">The text is no cursor, or one of a query with other filters.</exception>
    public static AuditCursor Decode(string text, AuditFilters filters, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(filters);
        Span<byte> bytes = stackalloc byte[Bytes];
        Span<byte> tag = stackalloc byte[TagBytes];
        if (TryRead(text, bytes))
        {
            WriteTag(bytes[..PlaceBytes], filters, tag);
            var microseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
            if (tag.SequenceEqual(bytes[PlaceBytes..]) && AuditInstant.IsInRange(microseconds))
                return new AuditCursor(AuditInstant.FromMicroseconds(microseconds), new Guid(bytes[9..PlaceBytes], bigEndian: true));
        }

        throw new ArgumentException(
            $"{nameof(AuditFilters.Cursor)} was not given out for these filters. Use the cursor of the page before, with the same filters.",
            parameterName ?? nameof(text)
        );
    }

    /// <summary>Whether an entry comes after this place: is older, or of the same time with a smaller id.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True when it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    public bool IsAfter(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var byTime = entry.Timestamp.CompareTo(Timestamp);
        return byTime < 0 || (byTime == 0 && entry.Id.CompareTo(Id) < 0);
    }

    private static bool TryRead(string text, Span<byte> bytes) =>
        text.Length == Base64Url.GetEncodedLength(Bytes)
        && Base64Url.DecodeFromChars(text, bytes, out _, out var written) is OperationStatus.Done
        && written == Bytes
        && bytes[0] == Version
        // One place has one text: the unused bits at the end are zero.
        && string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal);

    private static void WriteTag(ReadOnlySpan<byte> place, AuditFilters filters, Span<byte> tag)
    {
        var text = new StringBuilder(Convert.ToHexStringLower(place));
        Append(text, filters.UserId);
        Append(text, filters.Action);
        Append(text, filters.ResourceType);
        Append(text, filters.ResourceId);
        Append(text, filters.Result);
        Append(text, filters.RequestId);
        Append(text, Ticks(filters.From));
        Append(text, Ticks(filters.To));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        hash[..TagBytes].CopyTo(tag);
    }

    private static string? Ticks(DateTimeOffset? time) => time?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The length in front keeps the parts apart whatever they hold.
    private static void Append(StringBuilder text, string? part)
    {
        text.Append('|');
        if (part is not null)
            text.Append(part.Length).Append(':').Append(part);
    }
}
