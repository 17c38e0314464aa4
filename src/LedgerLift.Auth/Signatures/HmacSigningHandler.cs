using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auth;

/// <summary>Signs the requests of an <see cref="HttpClient"/>, each try anew.</summary>
/// <remarks>
/// <para>Must sit inside a retry handler, nearer to the network: a signature that is sent twice is refused as a replay, and grows stale while a retry waits.</para>
/// <para>The body is hashed and sent as it is. A <see cref="StreamContent"/> over a stream that can seek is read, rewound and never copied; any other content is buffered up to <see cref="HmacSignatureOptions.MaxBodyBytes"/>, and refused beyond.</para>
/// <para>Safe to use from any thread, as every handler.</para>
/// </remarks>
public sealed class HmacSigningHandler : DelegatingHandler
{
    private readonly HmacKeyRing _ring;
    private readonly HmacRequestSigner _signer;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a handler whose keys do not change.</summary>
    /// <param name="options">Keys, scheme and headers. Read once.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a secret too short or well known; the message names all faults and no secret.</exception>
    public HmacSigningHandler(HmacSignatureOptions options, TimeProvider? timeProvider = null)
        : this(options, changes: null, timeProvider, NewNonce, logger: null) { }

    /// <summary>Makes a handler whose keys follow a host's options; the rest of them is read once.</summary>
    internal HmacSigningHandler(ReloadingHmacOptions options, TimeProvider? timeProvider, ILogger<HmacSigningHandler>? logger)
        : this(options.Create(), options, timeProvider, NewNonce, logger) { }

    /// <summary>Makes a handler with nonces of one's own making.</summary>
    internal HmacSigningHandler(HmacSignatureOptions options, TimeProvider? timeProvider, Func<string> nonces)
        : this(options, changes: null, timeProvider, nonces, logger: null) { }

    private HmacSigningHandler(
        HmacSignatureOptions options,
        ReloadingHmacOptions? changes,
        TimeProvider? timeProvider,
        Func<string> nonces,
        ILogger? logger
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(new HmacSignatureOptionsValidator(), options, nameof(options));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _ring = new HmacKeyRing(options, changes, logger ?? NullLogger.Instance);
        _signer = new HmacRequestSigner(options, nonces);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No key counts now, or the content can neither be rewound nor buffered within <see cref="HmacSignatureOptions.MaxBodyBytes"/>. Nothing was sent.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _timeProvider.GetUtcNow();
        var key =
            _ring.FindSigningKey(now)
            ?? throw new InvalidOperationException(
                "No key counts now, so the request cannot be signed; give a key whose NotBefore and NotAfter enclose the present."
            );
        await _signer.SignAsync(request, key, now, cancellationToken).ConfigureAwait(false);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Not supported: the body is read asynchronously, and a request must not leave unsigned.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ignored.</param>
    /// <returns>Never.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are signed asynchronously; use SendAsync.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ring.Dispose();
        base.Dispose(disposing);
    }

    private static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
