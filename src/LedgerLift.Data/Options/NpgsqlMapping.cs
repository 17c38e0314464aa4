using System.Globalization;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>What <see cref="DatabaseOptions"/> mean in Npgsql's own settings. Pure.</summary>
internal static class NpgsqlMapping
{
    /// <summary>How long a connection beyond the pool's size stays idle. Npgsql prunes by the median of this window.</summary>
    private const int OverflowIdleSeconds = 60;

    /// <summary>How long it is believed which of several hosts is the primary. Npgsql's ten seconds outlast every retry.</summary>
    private const int HostRecheckSeconds = 1;

    internal static NpgsqlConnectionStringBuilder ToNpgsql(DatabaseOptions options)
    {
        var settings =
            ConnectionText.Parse(options.ConnectionString).Settings
            ?? throw new ArgumentException("The connection string was not checked.", nameof(options));
        settings.ApplicationName = options.Name;
        settings.Timeout = Seconds(options.ConnectTimeout);
        settings.CommandTimeout = Seconds(options.CommandTimeout);
        settings.IncludeErrorDetail = false;
        settings.Enlist = false;
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true && !settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = HostRecheckSeconds;
        MapPool(settings, options);
        if (options.Mode != PoolingMode.PgBouncer)
            MapServerTimeouts(settings, options);
        return settings;
    }

    /// <summary>The database's name, which is the user's when it is not given.</summary>
    internal static string DatabaseOf(DatabaseOptions options)
    {
        var settings = ConnectionText.Parse(options.ConnectionString).Settings;
        return settings?.Database ?? settings?.Username ?? string.Empty;
    }

    internal static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static void MapPool(NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
    {
        settings.Pooling = options.Mode != PoolingMode.Serverless;
        settings.MaxPoolSize = options.PoolSize + options.MaxOverflow;
        settings.MinPoolSize = options.PoolSize;
        settings.ConnectionIdleLifetime = OverflowIdleSeconds;
        settings.ConnectionLifetime = Seconds(options.PoolRecycle);
        settings.NoResetOnClose = options.Mode == PoolingMode.PgBouncer;
        if (options.Mode == PoolingMode.PgBouncer)
            settings.MaxAutoPrepare = 0;
    }

    // As startup options they are the session's defaults, to which the reset between two users of a connection returns.
    private static void MapServerTimeouts(NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
    {
        if (options.StatementTimeout is { } statement)
            AddOption(settings, "statement_timeout", statement);
        if (options.LockTimeout is { } wait)
            AddOption(settings, "lock_timeout", wait);
    }

    private static void AddOption(NpgsqlConnectionStringBuilder settings, string name, TimeSpan value)
    {
        var option = string.Create(CultureInfo.InvariantCulture, $"-c {name}={Milliseconds(value)}");
        settings.Options = string.IsNullOrEmpty(settings.Options) ? option : $"{settings.Options} {option}";
    }

    internal static long Milliseconds(TimeSpan value) => (long)Math.Ceiling(value.TotalMilliseconds);
}
