using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>The parts of a database, put together.</summary>
internal sealed class DatabaseCore : IAsyncDisposable
{
    // Far more than live connections can be, so that forgetting all of them is rare.
    private const int RememberedPerConnection = 16;

    private readonly string _poolName;
    private readonly PoolMeter _meter;
    private readonly CommandWatch _watch;
    private readonly SessionSweep _sweep;
    private readonly GenericPlan? _plans;
    private int _disposed;

    public DatabaseCore(DatabaseOptions options, ILoggerFactory? loggerFactory, TimeProvider time)
    {
        Options = options;
        Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("LedgerLift.Data");
        _poolName = PoolNames.Take(options.Name);
        _meter = new PoolMeter(_poolName);
        var physical = new PhysicalConnections(RememberedPerConnection * (options.PoolSize + options.MaxOverflow));
        SlowQueries = new SlowQueryMonitor(_poolName, options.SlowQueryThreshold, Logger, time);
        if (options.SlowQueryPlans)
        {
            _plans = new GenericPlan(options, _poolName);
            SlowQueries.TakePlans(_plans.ReadAsync);
        }

        _watch = new CommandWatch(SlowQueries, physical, _poolName, options.StatementTimeout, time);
        var era = new EraProbe(physical, asks: options.Mode != PoolingMode.Serverless || options.CommitSafety == CommitSafety.Verified);
        DataSource = Build(options, era, loggerFactory);
        var metrics = new SessionMetrics(_poolName);
#pragma warning disable CA2000 // The session services hold it; sessions may outlive the database, and then still return.
        var pool = new SessionPool(DataSource, options, physical, era, _meter, metrics, Logger, time);
#pragma warning restore CA2000
        var lookup = new OutcomeLookup(DataSource, options.CommitTimeout, time);
        var sender = new CommitSender(SlowQueries, options.CommitTimeout, options.CommandTimeout, time);
        var commits = new CommitProtocol(sender, lookup, metrics, options.CommitTimeout, _poolName, Logger);
        Services = new SessionServices(pool, commits, options, metrics, Logger, _poolName, NpgsqlMapping.DatabaseOf(options));
        _sweep = new SessionSweep(pool, options, Logger, time);
    }

    public DatabaseOptions Options { get; }

    public ILogger Logger { get; }

    public NpgsqlDataSource DataSource { get; }

    public SlowQueryMonitor SlowQueries { get; }

    public SessionServices Services { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await DataSource.DisposeAsync().ConfigureAwait(false);
        _sweep.Dispose();
        _meter.Dispose();
        _watch.Dispose();
        await SlowQueries.DisposeAsync().ConfigureAwait(false);
        if (_plans is not null)
            await _plans.DisposeAsync().ConfigureAwait(false);
        PoolNames.Release(_poolName);
    }

    private NpgsqlDataSource Build(DatabaseOptions options, EraProbe era, ILoggerFactory? loggerFactory)
    {
        var builder = new NpgsqlDataSourceBuilder(NpgsqlMapping.ToNpgsql(options).ConnectionString) { Name = _poolName };
#pragma warning disable CA2000 // It holds nothing of its own, and the data source uses it as long as it lives.
        builder.UseLoggerFactory(new CommandLoggerFactory(options.LogCommands ? loggerFactory : null, _watch));
#pragma warning restore CA2000
        builder.UsePhysicalConnectionInitializer(era.Note, era.NoteAsync);
        return builder.Build();
    }
}
