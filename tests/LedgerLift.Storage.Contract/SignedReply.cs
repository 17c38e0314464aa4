using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage.Contract;

/// <summary>What a client is answered.</summary>
public sealed class SignedReply(int status, byte[] body, string? contentType)
{
    public int Status => status;

    [SuppressMessage("Performance", "CA1819", Justification = "Compared with the array that was sent.")]
    public byte[] Body => body;

    public string? ContentType => contentType;

    public bool IsSuccess => Status is >= 200 and < 300;
}
