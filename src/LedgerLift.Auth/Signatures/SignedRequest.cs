using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;

namespace LedgerLift.Auth;

/// <summary>A request as it arrived, as far as a signature may cover it. Headers are passed as received, never trimmed, parsed or written again.</summary>
/// <param name="Signature">The signature header; null when absent. A header that came twice is passed as its values joined by a comma, which makes it malformed.</param>
/// <param name="Timestamp">The timestamp header; null when absent.</param>
/// <param name="Body">The body, when it is in memory; else see <see cref="Stream"/>.</param>
/// <remarks>An immutable value.</remarks>
public readonly record struct SignedRequest(string? Signature, string? Timestamp, ReadOnlyMemory<byte> Body)
{
    /// <summary>The message's id, for Standard Webhooks; null when absent.</summary>
    public string? MessageId { get; init; }

    /// <summary>The method in upper case as sent, for the canonical scheme; null when absent.</summary>
    public string? Method { get; init; }

    /// <summary>The path of the request target as sent, with its escapes and without the query, for the canonical scheme; null when absent. Behind ASP.NET Core take it from the raw target: <c>Request.Path</c> is unescaped.</summary>
    public string? Path { get; init; }

    /// <summary>The query of the request target as sent, with or without its question mark, for the canonical scheme; null when absent.</summary>
    public string? Query { get; init; }

    /// <summary>The nonce header, for the canonical scheme: 16 to 128 letters, digits, dashes and underscores; null when absent.</summary>
    public string? Nonce { get; init; }

    /// <summary>The key id header, for the canonical scheme; null when absent.</summary>
    public string? KeyId { get; init; }

    /// <summary>The announced SHA-256 of the body in hex, for the canonical scheme; null when absent. Must be given to <see cref="HmacSignatureVerifier.OpenAsync"/>.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>The announced length of the body in bytes; null when unknown. Lets a body that is too long be refused before it is read.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The body, when it has yet to be read; null when it is in <see cref="Body"/>.</summary>
    [SuppressMessage(
        "Naming",
        "CA1720:Identifier contains type name",
        Justification = "It is a stream of bytes, and named so by the contract."
    )]
    public PipeReader? Stream { get; init; }

    /// <summary>Shows nothing of the request: its parts may be secret.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SignedRequest);
}
