using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class TamperTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Third = "(SELECT id FROM {s}.audit_entries ORDER BY xact, id OFFSET 12 LIMIT 1)";
    private const string Fourth = "(SELECT id FROM {s}.audit_entries ORDER BY xact, id OFFSET 13 LIMIT 1)";

    [Theory]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET action = 'document.view' WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET user_id = NULL WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET details = '{\"number\":99}' WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET salt = sha256('x') WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET ts = ts + interval '1 microsecond' WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryEdited, 12, "UPDATE {s}.audit_entries SET ts = 'infinity' WHERE id = " + Third)]
    [InlineData(AuditTamperKinds.EntryDeleted, 12, "DELETE FROM {s}.audit_entries WHERE id = " + Third)]
    [InlineData(
        AuditTamperKinds.EntryInserted,
        12,
        "INSERT INTO {s}.audit_entries (ts, id, xact, action, resource_type, result) SELECT ts, '00000000-0000-0000-0000-000000000001', xact, 'forged', 'document', 'success' FROM {s}.audit_entries WHERE id = "
            + Third
    )]
    [InlineData(
        AuditTamperKinds.EntryMoved,
        12,
        "WITH two AS (SELECT a.xact AS one, b.xact AS other FROM {s}.audit_entries a, {s}.audit_entries b WHERE a.id = "
            + Third
            + " AND b.id = "
            + Fourth
            + ") UPDATE {s}.audit_entries SET xact = CASE WHEN xact = one THEN other ELSE one END FROM two WHERE xact IN (one, other)"
    )]
    [InlineData(
        AuditTamperKinds.DetailsRemoved,
        12,
        "UPDATE {s}.audit_entries SET erased = sha256(salt || convert_to(details, 'UTF8')), details = NULL, salt = NULL WHERE id = " + Third
    )]
    [InlineData(AuditTamperKinds.BatchRemoved, 10, "DELETE FROM {s}.audit_batches WHERE number = 1")]
    [InlineData(AuditTamperKinds.BatchRemoved, 20, "DELETE FROM {s}.audit_batches WHERE number = 2")]
    [InlineData(
        AuditTamperKinds.BatchRemoved,
        20,
        "DELETE FROM {s}.audit_entries USING {s}.audit_batches b WHERE b.number = 1 AND (audit_entries.xact, audit_entries.id) > (b.last_xact, b.last_id); DELETE FROM {s}.audit_batches WHERE number = 2"
    )]
    [InlineData(
        AuditTamperKinds.BatchAltered,
        10,
        "UPDATE {s}.audit_batches SET header = replace(header, '\"count\":10', '\"count\":9') WHERE number = 1"
    )]
    [InlineData(AuditTamperKinds.BatchAltered, 10, "UPDATE {s}.audit_batches SET header = 'nothing' WHERE number = 1")]
    [InlineData(
        AuditTamperKinds.SignatureInvalid,
        10,
        "UPDATE {s}.audit_batches SET checkpoint = replace(checkpoint, '\"size\":20', '\"size\":21') WHERE number = 1"
    )]
    [InlineData(AuditTamperKinds.CheckpointRemoved, 10, "UPDATE {s}.audit_batches SET checkpoint = '' WHERE number = 1")]
    [InlineData(
        AuditTamperKinds.LeavesAltered,
        12,
        "UPDATE {s}.audit_batches SET leaves = overlay(leaves PLACING '\\x00' FROM 65) WHERE number = 1"
    )]
    [InlineData(AuditTamperKinds.LeavesAltered, 10, "UPDATE {s}.audit_batches SET leaves = '' WHERE number = 1")]
    [InlineData(
        AuditTamperKinds.EntryInserted,
        12,
        "UPDATE {s}.audit_batches SET ids = overlay(ids PLACING '\\x00' FROM 33) WHERE number = 1"
    )]
    [InlineData(AuditTamperKinds.TombstoneInvalid, 0, "INSERT INTO {s}.audit_tombstones VALUES ('partition', '2026-03', '{}')")]
    [InlineData(AuditTamperKinds.EntryDeleted, 0, "DELETE FROM {s}.audit_entries")]
    public async Task What_a_superuser_does_is_found_with_its_kind_and_place(string kind, long position, string change)
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 10);
        for (var number = 0; number < 30; number++)
            await trail.WriteAsync(1);
        // Transactions of other tests hold the watermark back: only when all entries are below it are the batches full.
        await Poll.UntilAsync(
            async () =>
                await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries WHERE xact >= pg_snapshot_xmin(pg_current_snapshot())")
                == 0,
            TimeSpan.FromSeconds(60)
        );
        await trail.SealAsync(30);
        Assert.True((await trail.Trail.VerifyAsync()).Clean);

        await trail.ForceAsync(change);
        var result = await trail.Trail.VerifyAsync();

        Assert.False(result.Clean);
        Assert.Contains(result.Tampers, tamper => tamper.Kind == kind && tamper.Position == position);
    }

    [Fact]
    public async Task What_is_not_sealed_yet_is_no_finding()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await trail.WriteAsync(5);
        await trail.SealAsync(5);
        await trail.WriteAsync(5);

        var result = await trail.Trail.VerifyAsync();

        Assert.True(result.Clean);
        Assert.Equal(5, result.Entries);
    }
}
