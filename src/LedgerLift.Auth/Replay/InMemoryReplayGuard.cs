using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auth;

/// <summary>Remembers accepted requests in the memory of one process.</summary>
/// <remarks>
/// <para>Safe to use from any thread; constant time, amortised. There is no timer: expired ids are cleared away by later calls.</para>
/// <para>Bounded, and it fails closed: when it is full of ids that still matter, new ones are refused. Dropping an old one instead would let an attacker with a key replay by flooding.</para>
/// </remarks>
public sealed class InMemoryReplayGuard : IReplayGuard
{
    private const int ExpiredPerCall = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<ReplayId, ReplayNode> _nodes = [];
    private readonly ExpiryWheel<ReplayNode> _wheel;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly int _maxEntries;
    private bool _isFull;

    /// <summary>Makes an empty guard.</summary>
    /// <param name="options">How much to remember; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock by which ids are forgotten; null for the system's.</param>
    /// <param name="logger">Hears when the guard is full; null for silence.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public InMemoryReplayGuard(
        InMemoryReplayGuardOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<InMemoryReplayGuard>? logger = null
    )
    {
        options ??= new InMemoryReplayGuardOptions();
        OptionsGuard.ThrowIfInvalid(new InMemoryReplayGuardOptionsValidator(), options, nameof(options));
        _maxEntries = options.MaxEntries;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _wheel = new ExpiryWheel<ReplayNode>(Instant.ToMilliseconds(_timeProvider.GetUtcNow()));
    }

    /// <summary>How many ids are held, expired or not.</summary>
    internal int Held => _nodes.Count;

    /// <inheritdoc/>
    public ValueTask<bool> TryRegisterAsync(
        ReadOnlyMemory<byte> id,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    )
    {
        if (id.IsEmpty)
            throw new ArgumentException("An id must have at least one byte.", nameof(id));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        var registered = TryRegister(ReplayId.Of(id.Span), Instant.ToMilliseconds(expiresAt), out var becameFull);
        if (becameFull)
            Log.ReplayGuardFull(_logger, _maxEntries);
        return new ValueTask<bool>(registered);
    }

    private bool TryRegister(ReplayId id, long dueAt, out bool becameFull)
    {
        lock (_lock)
        {
            becameFull = false;
            var now = Instant.ToMilliseconds(_timeProvider.GetUtcNow());
            for (var i = 0; i < ExpiredPerCall && _wheel.TakeDue(now) is { } expired; i++)
                _nodes.Remove(expired.Id);
            // What has expired already cannot be remembered, so it cannot be told from a replay.
            if (dueAt <= now || IsKnown(id, now))
                return false;
            if (_nodes.Count >= _maxEntries)
            {
                becameFull = !_isFull;
                _isFull = true;
                return false;
            }

            _isFull = false;
            var node = new ReplayNode(id, dueAt);
            _wheel.Add(node, now);
            _nodes.Add(id, node);
            return true;
        }
    }

    private bool IsKnown(ReplayId id, long now)
    {
        if (!_nodes.TryGetValue(id, out var node))
            return false;
        if (node.DueAt > now)
            return true;
        _wheel.Remove(node);
        _nodes.Remove(id);
        return false;
    }
}
