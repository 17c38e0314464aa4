using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>
/// The right to make one call, given by <see cref="CircuitBreaker.TryEnter(out BreakerPermit)"/>; its outcome is reported once, by
/// <see cref="Success"/>, <see cref="Failure"/> or <see cref="Ignore"/>.
/// </summary>
/// <remarks>
/// Only the first report counts, also among copies and threads. The default value does nothing. A permit that is never completed holds nothing but,
/// for a probe, its place until <see cref="CircuitBreakerOptions.ProbeLease"/> is over.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct BreakerPermit : IEquatable<BreakerPermit>
{
    private readonly PermitToken? _token;
    private readonly long _use;

    internal BreakerPermit(PermitToken token, bool isProbe)
    {
        _token = token;
        _use = token.Use;
        IsProbe = isProbe;
    }

    /// <summary>Whether the call is a probe, whose outcome decides about a half-open circuit.</summary>
    public bool IsProbe { get; }

    /// <summary>Two permits are equal when they are copies of the same one.</summary>
    /// <param name="left">One permit.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are copies.</returns>
    public static bool operator ==(BreakerPermit left, BreakerPermit right) => left.Equals(right);

    /// <summary>Two permits differ when they are not copies of the same one.</summary>
    /// <param name="left">One permit.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are not copies.</returns>
    public static bool operator !=(BreakerPermit left, BreakerPermit right) => !left.Equals(right);

    /// <summary>The dependency answered; also right for an answer that refuses the request for good, such as "not found".</summary>
    public void Success()
    {
        if (_token is not null && _token.TryEnd(_use, out var breaker, out var ticket))
        {
            breaker.Succeed(ticket);
        }
    }

    /// <summary>The dependency did not answer, or not in working order.</summary>
    /// <param name="cause">What happened; kept as the cause when it opens the circuit.</param>
    public void Failure(Exception? cause = null)
    {
        if (_token is not null && _token.TryEnd(_use, out var breaker, out var ticket))
        {
            breaker.Fail(ticket, cause);
        }
    }

    /// <summary>The outcome says nothing about the dependency, as when the caller cancelled: nothing moves, and a probe's place is free.</summary>
    public void Ignore()
    {
        if (_token is not null && _token.TryEnd(_use, out var breaker, out var ticket))
        {
            breaker.Release(ticket);
        }
    }

    /// <inheritdoc />
    public bool Equals(BreakerPermit other) => ReferenceEquals(_token, other._token) && _use == other._use;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is BreakerPermit other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_token, _use);
}
