using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// What is done to the trail as a whole: making its schema, sealing, verifying, proving, erasing details and dropping old months. Has a small pool of its own.
/// Safe to use from any thread and from several processes; one of them seals at a time.
/// </summary>
/// <remarks>
/// An entry is protected from the moment it is sealed: batches become Merkle trees (RFC 6962), their headers a chain, and each end of the chain is signed and
/// handed to the anchor sinks. Whoever can write the database but has not got the key is found out by the signatures, whoever has it by the anchors.
/// </remarks>
public sealed class PostgresAuditTrail : IAuditVerifier, IAsyncDisposable
{
    private const int Connections = 2;
    private readonly PostgresAuditingOptions _options;
    private readonly IReadOnlyList<IAuditAnchorSource> _anchors;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _maintenance;
    private readonly TrailKeys _keys;
    private readonly TrailSealer? _sealer;

    /// <summary>Makes the trail's keeper. Nothing is opened before the first call.</summary>
    /// <param name="options">Where the trail is, and the keys.</param>
    /// <param name="sinks">Where checkpoints are kept out of reach; null for nowhere.</param>
    /// <param name="anchors">Where a verification finds them; null for nowhere.</param>
    /// <param name="loggerFactory">Hears of failures; null for silence.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; the message names all that are.</exception>
    public PostgresAuditTrail(
        PostgresAuditingOptions options,
        IEnumerable<IAuditAnchorSink>? sinks = null,
        IEnumerable<IAuditAnchorSource>? anchors = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(options, nameof(options));
        _options = options;
        _anchors = [.. anchors ?? []];
        _logger = loggerFactory?.CreateLogger<PostgresAuditTrail>() ?? NullLogger<PostgresAuditTrail>.Instance;
        _time = timeProvider ?? TimeProvider.System;
        _source = AuditDataSource.Create(options.ConnectionString, options, Connections);
        _maintenance = options.MaintenanceConnectionString is { } owner ? AuditDataSource.Create(owner, options, Connections) : _source;
        _keys = new TrailKeys(options);
        State = new SealState(options.Name, _time);
        if (_keys.Signing is { } key)
            _sealer = new TrailSealer(options, _source, key, [.. sinks ?? []], State, _logger, _time);
    }

    internal SealState State { get; }

    /// <summary>The SQL that makes the schema, for those who run such scripts by hand: by its owner, as often as they like.</summary>
    /// <param name="options">The schema, and the role of the application.</param>
    /// <returns>The script. Partitions are made by <see cref="EnsureSchemaAsync"/> or by its function <c>audit_make_partitions</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">Schema or role is no lower-case identifier.</exception>
    public static string GenerateSchemaScript(PostgresAuditingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!SqlIdentifier.IsPlain(options.Schema) || (options.ApplicationRole is { } role && !SqlIdentifier.IsPlain(role)))
            throw new ArgumentException("Schema and ApplicationRole must be lower-case identifiers.", nameof(options));
        return SchemaScript.Generate(options);
    }

    /// <summary>Makes what is missing of the schema, and the partitions of this month and of <see cref="PostgresAuditingOptions.MonthsAhead"/> more. May be called by many at once.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is left half-made.</param>
    /// <returns>A task that ends when the schema is there.</returns>
    /// <exception cref="AuditException">The database cannot be reached, or refuses.</exception>
    public Task EnsureSchemaAsync(CancellationToken cancellationToken = default) =>
        GuardedAsync(
            "The schema of the audit trail cannot be made.",
            () => new SchemaSetup(_options, _time).RunAsync(_maintenance, cancellationToken)
        );

    /// <summary>Makes the partitions of the months ahead where they are missing; the host does it once a day.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are there.</returns>
    /// <exception cref="AuditException">The database cannot be reached, or refuses.</exception>
    public Task EnsurePartitionsAsync(CancellationToken cancellationToken = default) =>
        GuardedAsync(
            "The partitions of the audit trail cannot be made.",
            () => new SchemaSetup(_options, _time).MakePartitionsAsync(_source, cancellationToken)
        );

    /// <summary>Seals every committed entry that no older transaction can precede any more, and hands the last checkpoint to the anchors.</summary>
    /// <param name="cancellationToken">Ends the sealing between two batches.</param>
    /// <returns>How many entries were sealed; 0 also when another process is sealing.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="PostgresAuditingOptions.SigningKey"/>.</exception>
    /// <exception cref="AuditException">The database or an anchor cannot be reached, or the stored trail was changed.</exception>
    public Task<long> SealAsync(CancellationToken cancellationToken = default) =>
        (_sealer ?? throw WithoutKey()).SealAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default) =>
        GuardedAsync(
            "The audit trail cannot be verified.",
            () => new TrailVerification(_options, _source, _keys, _anchors).RunAsync(cancellationToken)
        );

    /// <summary>What proves that an entry is in the trail: hashes and a signature, to be verified offline with <see cref="AuditInclusionProof.Verify"/>.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="timestamp">Its time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The proof up to the last checkpoint; null when there is no such entry.</returns>
    /// <exception cref="AuditException">The entry is not sealed yet (<see cref="PostgresAuditErrorCodes.NotSealed"/>), the stored trail was changed, or the database cannot be reached.</exception>
    public Task<AuditInclusionProof?> ProveAsync(Guid id, DateTimeOffset timestamp, CancellationToken cancellationToken = default) =>
        GuardedAsync(
            "The entry cannot be proved.",
            () => new EntryProof(_options, _source, new BatchStore(_options.Schema)).CreateAsync(id, timestamp, cancellationToken)
        );

    /// <summary>Writes all that is sealed, as it is found, for a verification on another machine (see <see cref="AuditTrailFile"/>).</summary>
    /// <param name="output">Where it goes; stays open.</param>
    /// <param name="cancellationToken">Ends the export; it is then cut off, and a reader notices.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="AuditException">A batch header cannot be read at all, or the database cannot be reached.</exception>
    public Task ExportAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return GuardedAsync(
            "The audit trail cannot be exported.",
            () => new TrailExport(_options, _source, new BatchStore(_options.Schema)).WriteAsync(output, cancellationToken)
        );
    }

    /// <summary>Erases the details of one sealed entry for good and leaves a signed proof that it was done by right; the entry still verifies.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="timestamp">Its time.</param>
    /// <param name="cancellationToken">Ends the wait; it may have happened.</param>
    /// <returns>False when there is no such entry, or it has no details.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="PostgresAuditingOptions.SigningKey"/>.</exception>
    /// <exception cref="AuditException">The entry is not sealed yet (<see cref="PostgresAuditErrorCodes.NotSealed"/>), or the database cannot be reached.</exception>
    public Task<bool> EraseDetailsAsync(Guid id, DateTimeOffset timestamp, CancellationToken cancellationToken = default)
    {
        var key = _keys.Signing ?? throw WithoutKey();
        return GuardedAsync(
            "The details cannot be erased.",
            () => new TrailEraser(_options, _maintenance, key, _time).EraseAsync(id, timestamp, cancellationToken)
        );
    }

    /// <summary>Drops the months that were over before a time, each as a whole, and leaves signed proofs; what stays still verifies.</summary>
    /// <param name="before">The time; the month it lies in is kept.</param>
    /// <param name="cancellationToken">Ends the dropping between two months.</param>
    /// <returns>The months that were dropped, oldest first, as <c>2026-03</c>.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="PostgresAuditingOptions.SigningKey"/>.</exception>
    /// <exception cref="AuditException">A month has entries that are not sealed (<see cref="PostgresAuditErrorCodes.NotSealed"/>), or the database cannot be reached.</exception>
    public Task<IReadOnlyList<string>> DropBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        var key = _keys.Signing ?? throw WithoutKey();
        return GuardedAsync(
            "Old months cannot be dropped.",
            () => new TrailRetention(_options, _maintenance, key, _logger, _time).DropAsync(before, cancellationToken)
        );
    }

    /// <summary>Closes the pools and wipes the keys.</summary>
    /// <returns>A task that ends then.</returns>
    public async ValueTask DisposeAsync()
    {
        State.Dispose();
        _sealer?.Dispose();
        _keys.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
        await _maintenance.DisposeAsync().ConfigureAwait(false);
    }

    private static InvalidOperationException WithoutKey() =>
        new($"There is no {nameof(PostgresAuditingOptions.SigningKey)}: without it nothing can be sealed, erased or dropped with a proof.");

    private static async Task GuardedAsync(string what, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw AuditFailure.Of(failure, what);
        }
    }

    private static async Task<T> GuardedAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw AuditFailure.Of(failure, what);
        }
    }
}
