namespace LedgerLift.Auth;

/// <summary>Remembers which signed requests were accepted.</summary>
/// <remarks>Safe to use from any thread. Hosts that accept the same keys must share one guard, or a request accepted by one can be replayed to another.</remarks>
public interface IReplayGuard
{
    /// <summary>Registers an id, once.</summary>
    /// <param name="id">What identifies the request, at least one byte; the verifier gives the 32 bytes of its MAC.</param>
    /// <param name="expiresAt">The first instant at which the id may be forgotten.</param>
    /// <param name="cancellationToken">Stops waiting; the id may or may not have been registered.</param>
    /// <returns>True when the id was not known and is now. False when it was, when it cannot be remembered, and whenever there is doubt.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty.</exception>
    /// <exception cref="TokenStoreException">A guard with a server could not ask it: the request must not be accepted.</exception>
    ValueTask<bool> TryRegisterAsync(ReadOnlyMemory<byte> id, DateTimeOffset expiresAt, CancellationToken cancellationToken = default);
}
