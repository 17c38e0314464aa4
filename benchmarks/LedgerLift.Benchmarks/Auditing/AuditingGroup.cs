namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Auditing beside those of its peers.</summary>
internal sealed class AuditingGroup : IBenchmarkGroup
{
    public string Name => "auditing";

    public string Notes =>
        """
            Needs PostgreSQL: `eng/services up postgres`. Client and server share the machine, and the server writes to disk at each commit.

            The plain insert is what a team writes by hand: the same columns in a table of its own, one INSERT in a transaction, with the indexes that the same
            queries need; the bare one has a primary key and nothing else. The naive hash chain takes a lock, reads the last hash and writes the next one in the
            same transaction. All have sixteen clients with a connection each. One by one is the plain insert awaited again and again on one connection.

            A page is a hundred entries of a table of six months. The large table is filled by the server itself before its indexes are made anew by the schema
            script. In a dry run it has no more entries than the small one.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        using (var verification = new AuditingVerifyPart())
            await verification.RunAsync(run);
        await using (var trail = await AuditingTrail.CreateAsync())
        {
            await using var tables = await AuditingPeerTables.CreateAsync();
            await new AuditingWritePart(trail, tables).RunAsync(run);
            await new AuditingBatchPart(trail, tables).RunAsync(run);
        }

        await AuditingQueryPart.RunAsync(run);
    }
}
