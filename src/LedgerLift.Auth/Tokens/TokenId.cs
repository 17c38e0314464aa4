using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LedgerLift.Auth;

/// <summary>What an id of a token or of a user may be: text that is not blank, well-formed, and at most <see cref="StoredToken.MaxIdBytes"/> bytes of UTF-8.</summary>
internal static class TokenId
{
    /// <summary>Refuses an id that no token can have, with a message that never contains the id itself.</summary>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, blank, ill-formed or too long.</exception>
    internal static void ThrowIfInvalid(string? id, string parameterName)
    {
        ThrowIfBlank(id, parameterName);
        if (!IsStorable(id!))
            throw new ArgumentException(
                $"{parameterName} must be well-formed text of at most {StoredToken.MaxIdBytes} bytes in UTF-8; it has {id!.Length} characters.",
                parameterName
            );
    }

    /// <summary>Refuses an id that is null, empty or white space.</summary>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, empty or white space only.</exception>
    internal static void ThrowIfBlank(string? id, string parameterName)
    {
        if (string.IsNullOrWhiteSpace(id))
            ThrowBlank(parameterName);
    }

    [DoesNotReturn]
    private static void ThrowBlank(string parameterName) =>
        throw new ArgumentException($"{parameterName} must not be null, empty or white space.", parameterName);

    /// <summary>Whether an id that is not blank could belong to a stored token. One that could not is simply never found.</summary>
    internal static bool IsStorable(string id)
    {
        if (id.Length > StoredToken.MaxIdBytes)
            return false;
        return Ascii.IsValid(id) || IsWellFormed(id, out var bytes) && bytes <= StoredToken.MaxIdBytes;
    }

    // Two different lone surrogates would become the same replacement character in UTF-8, and two ids one key.
    private static bool IsWellFormed(ReadOnlySpan<char> id, out int bytes)
    {
        bytes = 0;
        while (!id.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(id, out var rune, out var consumed) is not OperationStatus.Done)
                return false;
            bytes += rune.Utf8SequenceLength;
            id = id[consumed..];
        }

        return true;
    }
}
