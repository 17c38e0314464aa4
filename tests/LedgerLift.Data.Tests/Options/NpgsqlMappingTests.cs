using Npgsql;

namespace LedgerLift.Data.Tests;

public sealed class NpgsqlMappingTests
{
    [Fact]
    public void Options_become_npgsqls_own_and_win_over_the_connection_string()
    {
        var settings = NpgsqlMapping.ToNpgsql(
            new DatabaseOptions
            {
                ConnectionString = "Host=h;Maximum Pool Size=3;Timeout=4;Include Error Detail=true;Application Name=x;Search Path=s",
                Name = "billing",
                PoolSize = 7,
                MaxOverflow = 4,
                PoolRecycle = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromMilliseconds(1001),
                CommandTimeout = TimeSpan.FromSeconds(9),
                StatementTimeout = TimeSpan.FromMilliseconds(1500),
                LockTimeout = TimeSpan.FromSeconds(2),
            }
        );

        Assert.Equal(
            (7, 11, 300, 60),
            (settings.MinPoolSize, settings.MaxPoolSize, settings.ConnectionLifetime, settings.ConnectionIdleLifetime)
        );
        Assert.Equal((2, 9, "billing", "s"), (settings.Timeout, settings.CommandTimeout, settings.ApplicationName, settings.SearchPath));
        Assert.Equal("-c statement_timeout=1500 -c lock_timeout=2000", settings.Options);
        Assert.Equal((true, false, false), (settings.Pooling, settings.IncludeErrorDetail, settings.NoResetOnClose));
        Assert.Equal(GssEncryptionMode.Disable, settings.GssEncryptionMode);
    }

    [Fact]
    public void A_wish_for_gss_is_followed() =>
        Assert.Equal(
            GssEncryptionMode.Require,
            NpgsqlMapping.ToNpgsql(new DatabaseOptions { ConnectionString = "Host=h;GSS Encryption Mode=Require" }).GssEncryptionMode
        );

    [Fact]
    public void Serverless_has_no_pool() =>
        Assert.False(NpgsqlMapping.ToNpgsql(new DatabaseOptions { ConnectionString = "Host=h", Mode = PoolingMode.Serverless }).Pooling);

    [Fact]
    public void Behind_pgbouncer_nothing_of_a_session_is_set_or_prepared()
    {
        var settings = NpgsqlMapping.ToNpgsql(
            new DatabaseOptions
            {
                ConnectionString = "Host=h;Max Auto Prepare=20",
                Mode = PoolingMode.PgBouncer,
                StatementTimeout = TimeSpan.FromSeconds(1),
            }
        );

        Assert.Equal((true, true, 0, null), (settings.Pooling, settings.NoResetOnClose, settings.MaxAutoPrepare, settings.Options));
    }
}
