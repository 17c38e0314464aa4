using LedgerLift.Auth;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>A guard that remembers everything, or fails when it is told to.</summary>
internal sealed class FragileReplayGuard : IReplayGuard
{
    private readonly HashSet<string> _known = [];
    private readonly Lock _lock = new();

    public Exception? Failure { get; set; }

    public ValueTask<bool> TryRegisterAsync(
        ReadOnlyMemory<byte> id,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    )
    {
        if (Failure is { } failure)
            return ValueTask.FromException<bool>(failure);
        lock (_lock)
            return ValueTask.FromResult(_known.Add(Convert.ToHexString(id.Span)));
    }
}
