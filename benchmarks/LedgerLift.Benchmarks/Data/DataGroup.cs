namespace LedgerLift.Benchmarks;

/// <summary>Sessions, transactions and the slow-query hook beside raw Npgsql, Dapper and Entity Framework on the same server.</summary>
internal sealed class DataGroup : IBenchmarkGroup
{
    public string Name => "data";

    public string Notes =>
        """
            Needs PostgreSQL: `eng/services up postgres`. Client and server share the machine, and the server writes to disk at each commit. Each scenario
            has a pool of its own on the same server with the same settings, ours with listeners on its meters, as a host has them, and takes turns on four
            connections. (Earlier results had one connection for each scenario, and one pool for raw Npgsql, Dapper and Entity Framework. The connection's luck
            decided then: raw Npgsql on a second pool took 1.14 x as long to open, ask and close as on the first.) Allocation is that of the whole process.

            "Open, SELECT 1, close" and "Insert transaction" do what their names say with each library: a connection is taken from the pool, used and returned. The
            hook is measured on open connections with a prepared `SELECT 1`, the shortest command there is; a longer one pays a smaller share. These three take
            turns call by call, in a shuffled order; what relates two of them is taken within a turn, and the median of all turns counts.

            Pooled against unpooled is eight callers at once, each opening, asking once and closing; ns is the time between two calls of all together.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var databases = await DataDatabases.CreateAsync();
        await new SessionPart(databases).RunAsync(run);
        await new InsertPart(databases).RunAsync(run);
        await new HookPart(databases).RunAsync(run);
        await new PoolingPart(databases).RunAsync(run);
    }
}
