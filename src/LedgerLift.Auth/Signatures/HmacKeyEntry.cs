using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>A key ready for work: its own copy of the secret's schedule, in hashes that are used again and again.</summary>
/// <remarks>Safe to use from any thread; a rented hash belongs to one.</remarks>
internal sealed class HmacKeyEntry : IDisposable
{
    private readonly HmacKey _key;
    private readonly byte[] _secret;
    private readonly ConcurrentQueue<IncrementalHash> _idle = new();
    private readonly int _maxIdle = Environment.ProcessorCount * 2;
    private volatile bool _retired;
    private IncrementalHash? _next;

    internal HmacKeyEntry(HmacKey key)
    {
        _secret = key.Secret.ToArray();
        _key = key with { Secret = _secret };
    }

    internal string Id => _key.Id;

    internal DateTimeOffset NotBefore => _key.NotBefore ?? DateTimeOffset.MinValue;

    internal bool IsActive(DateTimeOffset now) => _key.IsActive(now);

    internal bool IsSame(HmacKey other) => _key.IsSame(other);

    internal IncrementalHash Rent() =>
        Interlocked.Exchange(ref _next, null)
        ?? (_idle.TryDequeue(out var hash) ? hash : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret));

    /// <summary>Gives back a hash that was read and reset. One that was not, for an exception came between, must be disposed instead.</summary>
    internal void Return(IncrementalHash hash)
    {
        if (_retired || _idle.Count >= _maxIdle)
            hash.Dispose();
        else if (Interlocked.CompareExchange(ref _next, hash, null) is not null)
            _idle.Enqueue(hash);
        if (_retired)
            DisposeIdle();
    }

    /// <summary>Lets go of the idle hashes; rented ones end when they come back.</summary>
    public void Dispose()
    {
        _retired = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        Interlocked.Exchange(ref _next, null)?.Dispose();
        while (_idle.TryDequeue(out var hash))
            hash.Dispose();
    }
}
