using System.Buffers.Binary;
using System.Buffers.Text;

namespace DocumentPipeline;

/// <summary>Where a page of a newest-first list ended: an instant in microseconds and an id that settles ties.</summary>
public sealed record ListCursor(DateTimeOffset At, Guid Id)
{
    private const int Length = 24;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="RefusedException"><c>validation_failed</c>: it is not a cursor of this list.</exception>
    public static ListCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        Span<byte> bytes = stackalloc byte[Length];
        if (
            text.Length > 40
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Length
        )
            throw Unknown();
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks
            ? throw Unknown()
            : new ListCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
    }

    /// <summary>The cursor as it goes to the client: opaque, safe in a URL.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    private static RefusedException Unknown() =>
        RefusedException.Invalid("cursor", "cursor_unknown", "Give the nextCursor of the page before, unchanged.");
}
