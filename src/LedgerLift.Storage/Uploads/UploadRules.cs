using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>Checks of what becomes a header or is signed. Pure.</summary>
internal static class UploadRules
{
    /// <summary>The longest validity S3 signs ("Authenticating Requests: Using Query Parameters", 604 800 seconds).</summary>
    internal static readonly TimeSpan MaxExpiry = TimeSpan.FromDays(7);

    internal static readonly TimeSpan MinExpiry = TimeSpan.FromSeconds(1);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    internal static ObjectKey Key(ObjectKey value, string parameterName) =>
        value != default ? value : throw new ArgumentException("default(ObjectKey) is no key.", parameterName);

    internal static long Length(long value, string parameterName) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(parameterName, value, "A length is 0 or more bytes.");

    internal static string ContentType(string? value, string parameterName)
    {
        return !string.IsNullOrWhiteSpace(value) && ObjectMetadata.IsHeaderValue(value)
            ? value
            : throw new ArgumentException("A content type must be printable ASCII without blanks at its ends.", parameterName);
    }

    internal static string? Hex(string? value, int byteCount, string parameterName)
    {
        if (value is null)
            return null;
        if (value.Length != byteCount * 2 || value.AsSpan().ContainsAnyExcept(HexDigits))
            throw new ArgumentException($"Give {byteCount * 2} hex digits, or null.", parameterName);
#pragma warning disable CA1308 // The house writes hashes in lower case.
        return value.ToLowerInvariant();
#pragma warning restore CA1308
    }

    /// <summary>The validity to sign for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 s to 7 d.</exception>
    internal static TimeSpan Expiry(TimeSpan? asked, TimeSpan standard, string parameterName)
    {
        var expiry = asked ?? standard;
        return expiry >= MinExpiry && expiry <= MaxExpiry
            ? expiry
            : throw new ArgumentOutOfRangeException(parameterName, expiry, "A signature holds from 1 second to 7 days.");
    }

    /// <summary>Refuses what the store would not take.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is above the limit.</exception>
    internal static void ThrowIfTooLong(long length, long maxObjectBytes, string parameterName)
    {
        if (length > maxObjectBytes)
            throw new ArgumentOutOfRangeException(
                parameterName,
                length,
                $"An object may have up to MaxObjectBytes = {maxObjectBytes} bytes."
            );
    }
}
