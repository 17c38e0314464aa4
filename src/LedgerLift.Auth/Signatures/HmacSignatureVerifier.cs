using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auth;

/// <summary>Decides whether a request was made by somebody who has a key, recently, and for the first time.</summary>
/// <remarks>
/// <para>The checks come in this order, and the first that fails is the verdict: missing, malformed, stale or future, body too large, mismatch, replayed. A verdict is for logs and metrics; to the outside they must all look the same.</para>
/// <para>Signatures are compared in constant time with every key that counts. The header bytes are signed as received. A request is registered with the replay guard only after its signature was found right, so nobody without a key can fill the guard.</para>
/// <para>Safe to use from any thread.</para>
/// </remarks>
public sealed partial class HmacSignatureVerifier : IDisposable
{
    private readonly HmacKeyRing _ring;
    private readonly ISignatureScheme _scheme;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _timeProvider;
    private readonly IReplayGuard? _replayGuard;
    private readonly ILogger _logger;

    /// <summary>Makes a verifier whose keys do not change.</summary>
    /// <param name="options">Keys, scheme and limits. Read once.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="replayGuard">Remembers what was accepted; null for an <see cref="InMemoryReplayGuard"/> of its own. Hosts that share their keys must share their guard.</param>
    /// <param name="logger">Hears of refused requests; null for silence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a secret too short or well known; the message names all faults and no secret.</exception>
    public HmacSignatureVerifier(
        HmacSignatureOptions options,
        TimeProvider? timeProvider = null,
        IReplayGuard? replayGuard = null,
        ILogger<HmacSignatureVerifier>? logger = null
    )
        : this(options, changes: null, timeProvider, replayGuard, logger) { }

    /// <summary>Makes a verifier whose keys follow a host's options; the rest of them is read once.</summary>
    internal HmacSignatureVerifier(
        ReloadingHmacOptions options,
        TimeProvider? timeProvider,
        IReplayGuard replayGuard,
        ILogger<HmacSignatureVerifier>? logger
    )
        : this(options.Create(), options, timeProvider, replayGuard, logger) { }

    private HmacSignatureVerifier(
        HmacSignatureOptions options,
        ReloadingHmacOptions? changes,
        TimeProvider? timeProvider,
        IReplayGuard? replayGuard,
        ILogger? logger
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(new HmacSignatureOptionsValidator(), options, nameof(options));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _ring = new HmacKeyRing(options, changes, _logger);
        _scheme = SignatureSchemes.Of(options.Scheme);
        _tolerance = options.Tolerance;
        _replayGuard = options.ReplayProtection ? replayGuard ?? new InMemoryReplayGuard(timeProvider: _timeProvider) : null;
        Scheme = options.Scheme;
        MaxBodyBytes = options.MaxBodyBytes;
        Headers = new SignatureHeaders(options);
    }

    /// <summary>What a signature covers.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The longest body in bytes, inclusive.</summary>
    public long MaxBodyBytes { get; }

    /// <summary>Where the parts of a signature stand in a request.</summary>
    public SignatureHeaders Headers { get; }

    /// <summary>Verifies a request of the documents' scheme, <see cref="SignatureScheme.TimestampBody"/>.</summary>
    /// <param name="signature">The signature header as received; null when absent.</param>
    /// <param name="timestamp">The timestamp header as received; null when absent.</param>
    /// <param name="body">The body's bytes as received.</param>
    /// <param name="cancellationToken">Stops waiting for a replay guard.</param>
    /// <returns>The verdict; completed at once unless the replay guard waits for a server.</returns>
    /// <exception cref="TokenStoreException">The replay guard's server failed: the request must not be accepted.</exception>
    public ValueTask<SignatureVerdict> VerifyAsync(
        string? signature,
        string? timestamp,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default
    ) => VerifyAsync(new SignedRequest(signature, timestamp, body), cancellationToken);

    /// <summary>Verifies a request of any scheme, with its body in memory or yet to be read.</summary>
    /// <param name="request">The request. A <see cref="SignedRequest.Stream"/> is read up to the limit and left where it was: whoever reads it next gets the same bytes from the first on.</param>
    /// <param name="cancellationToken">Stops reading and waiting.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="TokenStoreException">The replay guard's server failed: the request must not be accepted.</exception>
    public ValueTask<SignatureVerdict> VerifyAsync(SignedRequest request, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<SignatureVerdict>(cancellationToken);
        var now = _timeProvider.GetUtcNow();
        if (CheckHead(request, now, out var claim) is { } refusal)
            return new ValueTask<SignatureVerdict>(Report(refusal));
        return request.Stream is null
            ? RegisterAsync(MatchBody(request, claim, now), claim, cancellationToken)
            : VerifyStreamAsync(request, claim, now, cancellationToken);
    }

    /// <summary>Stops following the options. Verifications that are under way end as they would have.</summary>
    public void Dispose() => _ring.Dispose();

    private SignatureVerdict? CheckHead(in SignedRequest request, DateTimeOffset now, out SignatureClaim claim)
    {
        if (_scheme.Read(request, out claim) is { } refusal)
            return refusal;
        var skew = now - claim.Timestamp;
        SignatureTelemetry.Skewed(Scheme, skew);
        if (skew > _tolerance)
            return SignatureVerdict.Stale;
        if (skew < -_tolerance)
            return SignatureVerdict.Future;
        return request.Body.Length > MaxBodyBytes || request.ContentLength > MaxBodyBytes ? SignatureVerdict.BodyTooLarge : null;
    }

    private byte[]? MatchBody(in SignedRequest request, in SignatureClaim claim, DateTimeOffset now)
    {
        if (!_scheme.CoversBodyHash)
            return Match(request, claim, now, [], request.Body.Span);
        Span<byte> bodyHash = stackalloc byte[Mac.Length];
        SHA256.HashData(request.Body.Span, bodyHash);
        return MatchBodyHash(request, claim, now, bodyHash);
    }

    private byte[]? MatchBodyHash(in SignedRequest request, in SignatureClaim claim, DateTimeOffset now, ReadOnlySpan<byte> bodyHash) =>
        IsAnnounced(request, bodyHash) ? Match(request, claim, now, bodyHash, []) : null;

    private static bool IsAnnounced(in SignedRequest request, ReadOnlySpan<byte> bodyHash) =>
        string.IsNullOrEmpty(request.ContentSha256)
        || SignatureText.TryReadHex(request.ContentSha256, out var announced)
            && CryptographicOperations.FixedTimeEquals(announced, bodyHash);

    // Every key that counts is tried, also after one matched: the time tells nothing about which.
    private byte[]? Match(
        in SignedRequest request,
        in SignatureClaim claim,
        DateTimeOffset now,
        ReadOnlySpan<byte> bodyHash,
        ReadOnlySpan<byte> body
    )
    {
        byte[]? match = null;
        Span<byte> mac = stackalloc byte[Mac.Length];
        foreach (var key in _ring.Keys)
        {
            if (!key.IsActive(now) || !_scheme.MayUse(request, key.Id))
                continue;
            var hash = key.Rent();
            _scheme.Append(hash, request, key.Id, bodyHash);
            hash.AppendData(body);
            hash.GetHashAndReset(mac);
            key.Return(hash);
            if (claim.Matches(mac))
                match ??= mac.ToArray();
        }

        return match;
    }

    private ValueTask<SignatureVerdict> RegisterAsync(byte[]? mac, in SignatureClaim claim, CancellationToken cancellationToken)
    {
        if (mac is null)
            return new ValueTask<SignatureVerdict>(Report(SignatureVerdict.Mismatch));
        if (_replayGuard is null)
            return new ValueTask<SignatureVerdict>(Report(SignatureVerdict.Valid));
        // Twice the tolerance: another host, whose clock is behind by up to the tolerance, would still accept the timestamp that long.
        return RegisterAsync(_replayGuard, mac, claim.Timestamp + _tolerance + _tolerance, cancellationToken);
    }

    private async ValueTask<SignatureVerdict> RegisterAsync(
        IReplayGuard replayGuard,
        byte[] mac,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    ) =>
        Report(
            await replayGuard.TryRegisterAsync(mac, expiresAt, cancellationToken).ConfigureAwait(false)
                ? SignatureVerdict.Valid
                : SignatureVerdict.Replayed
        );

    private SignatureVerdict Report(SignatureVerdict verdict)
    {
        SignatureTelemetry.Verified(Scheme, verdict);
        if (verdict is not SignatureVerdict.Valid)
            Log.SignatureRefused(_logger, Scheme, verdict);
        return verdict;
    }
}
