using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auth;

/// <summary>A token store in the memory of one process: for one host, for development, for tests. Several hosts need a store they share.</summary>
/// <remarks>
/// <para>Safe to use from any thread. Reads take no lock; writes take one for well under a microsecond. Storing, finding, revoking and revoking all of a user's tokens take constant time, amortised, whatever the number of entries.</para>
/// <para>Keeps at most <see cref="InMemoryTokenStoreOptions.MaxEntries"/> entries: exactly first in, first out over all users, expired ones first. A token that is pushed out does not count any more; its user has to log in again.</para>
/// <para>There is no timer: expired entries are never found, and are cleared away by later writes. When somebody sets the system's clock, a token that would expire by that may be found for up to 32 milliseconds more; a clock that is given is asked at every call.</para>
/// <para>While there are tens of thousands of lookups a second, a background thread reads the system's clock for them. A process that was stopped for over a minute may, in the moment in which it goes on, find a token that expired meanwhile.</para>
/// </remarks>
public sealed partial class InMemoryTokenStore : ITokenStore, ITokenFamilies
{
    private readonly Lock _lock = new();
    private readonly TokenTable<NoSchedulePoints> _table;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">How much to keep; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock by which tokens expire; null for the system's.</param>
    /// <param name="logger">Hears of reused tokens (a sign of theft); null for silence.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public InMemoryTokenStore(
        InMemoryTokenStoreOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<InMemoryTokenStore>? logger = null
    )
    {
        options ??= new InMemoryTokenStoreOptions();
        OptionsGuard.ThrowIfInvalid(new InMemoryTokenStoreOptionsValidator(), options, nameof(options));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _table = new TokenTable<NoSchedulePoints>(options.MaxEntries, options.MaxActiveTokensPerUser, _timeProvider);
        TokenTelemetry.Register(this);
    }

    /// <summary>How many entries are kept that have not expired, revoked ones included. Clears the expired ones away.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _table.CountUnexpired();
        }
    }

    /// <summary>How many entries are kept, expired or not.</summary>
    internal int Held => _table.Held;

    /// <summary>How many users have live entries.</summary>
    internal int UserCount
    {
        get
        {
            lock (_lock)
                return _table.UserCount;
        }
    }

    /// <inheritdoc/>
    public ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        StoreAsync(jti, userId, expiresAt, rotatable: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask StoreManyAsync(IReadOnlyCollection<TokenRegistration> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var now = _timeProvider.GetUtcNow();
        foreach (var token in tokens)
        {
            TokenId.ThrowIfInvalid(token.Jti, nameof(token.Jti));
            TokenId.ThrowIfInvalid(token.UserId, nameof(token.UserId));
            if (Instant.Truncate(token.ExpiresAt) <= now)
                throw NotInFuture(nameof(token.ExpiresAt));
        }

        return StoreEachAsync(tokens, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default)
    {
        TokenId.ThrowIfBlank(jti, nameof(jti));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<StoredToken?>(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        var token = _table.Find(jti);
        TokenTelemetry.Stop(_timeProvider, started, "find", token is null ? "not_found" : "found");
        return new ValueTask<StoredToken?>(token);
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default)
    {
        TokenId.ThrowIfBlank(jti, nameof(jti));
        if (userId is not null)
            TokenId.ThrowIfBlank(userId, nameof(userId));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        var active = _table.IsActive(jti, userId);
        TokenTelemetry.Stop(_timeProvider, started, "is_active", active ? "active" : "inactive");
        return new ValueTask<bool>(active);
    }

    /// <inheritdoc/>
    public ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default)
    {
        TokenId.ThrowIfBlank(jti, nameof(jti));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RevokeOutcome>(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        var (outcome, text) = Revoke(jti) switch
        {
            TableOutcome.Done => (RevokeOutcome.Revoked, "revoked"),
            TableOutcome.Unchanged => (RevokeOutcome.AlreadyRevoked, "already_revoked"),
            _ => (RevokeOutcome.NotFound, "not_found"),
        };
        TokenTelemetry.Stop(_timeProvider, started, "revoke", text);
        return new ValueTask<RevokeOutcome>(outcome);
    }

    /// <inheritdoc/>
    public ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        TokenId.ThrowIfBlank(userId, nameof(userId));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        int revoked;
        lock (_lock)
            revoked = _table.RevokeAll(userId);
        TokenTelemetry.Stop(_timeProvider, started, "revoke_all", "revoked");
        return new ValueTask<int>(revoked);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default)
    {
        TokenId.ThrowIfBlank(userId, nameof(userId));
        return ListAsync(userId, cancellationToken);
    }

    private static ArgumentException NotInFuture(string parameterName) => new($"{parameterName} must lie in the future.", parameterName);

    private static TokenStoreException Duplicate() =>
        new("The jti is known with other values or was revoked; make a new one.", TokenStoreErrorCodes.DuplicateJti, isTransient: false);

    private ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, bool rotatable, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        TableChange change;
        lock (_lock)
            change = _table.Store(jti, userId, expiresAt, rotatable);
        if (change.Outcome is TableOutcome.NotInFuture)
            throw NotInFuture(nameof(expiresAt));
        TokenTelemetry.Evicted(change);
        var text = change.Outcome switch
        {
            TableOutcome.Done => "stored",
            TableOutcome.Unchanged => "unchanged",
            _ => "duplicate",
        };
        TokenTelemetry.Stop(_timeProvider, started, "store", text);
        return change.Outcome is TableOutcome.Duplicate ? ValueTask.FromException(Duplicate()) : ValueTask.CompletedTask;
    }

    private TableOutcome Revoke(string jti)
    {
        lock (_lock)
            return _table.Revoke(jti);
    }

    private async ValueTask StoreEachAsync(IReadOnlyCollection<TokenRegistration> tokens, CancellationToken cancellationToken)
    {
        foreach (var token in tokens)
            await StoreAsync(token.Jti, token.UserId, token.ExpiresAt, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<StoredToken> ListAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A task-free method that is asynchronous for its interface only.
        await ValueTask.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var started = TokenTelemetry.Start(_timeProvider);
        List<StoredToken> tokens;
        lock (_lock)
            tokens = _table.ListLive(userId);
        tokens.Sort(TokenExpiryOrder.Instance);
        TokenTelemetry.Stop(_timeProvider, started, "list", "listed");
        foreach (var token in tokens)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return token;
        }
    }
}
