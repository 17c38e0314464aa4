using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace LedgerLift.AspNetCore;

/// <summary>Decides which id a request gets.</summary>
internal static class InboundRequestId
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>The caller's id when it came once and is 1 to 128 ASCII letters, digits, dots, underscores and dashes; else a new one.</summary>
    public static string Choose(StringValues inbound) =>
        inbound.Count == 1 && inbound[0] is { Length: > 0 and <= MaxLength } id && !id.AsSpan().ContainsAnyExcept(Allowed)
            ? id
            : Guid.CreateVersion7().ToString("N");
}
