using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class ExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_proof_of_an_entry_verifies_offline_and_only_for_that_entry()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 7);
        var entries = await trail.WriteAsync(30);
        await trail.SealAsync(30);
        using var key = NewKey();

        foreach (var entry in entries)
        {
            var proof = await trail.Trail.ProveAsync(entry.Id, entry.Timestamp);
            var read = AuditInclusionProof.FromJson(proof!.ToJson());
            Assert.True(read.Verify([key], out var fault), fault);
            Assert.Equal(entry, read.Record.ToEntry());
            Assert.Equal(trail.Anchor.Checkpoints[^1], read.Checkpoint);
        }

        await trail.ForceAsync("UPDATE {s}.audit_entries SET action = 'forged' WHERE resource_id = 'doc-3'");
        var forged = await trail.Trail.ProveAsync(entries[3].Id, entries[3].Timestamp);
        Assert.False(forged!.Verify([key], out _));
    }

    [Fact]
    public async Task What_is_not_there_or_not_sealed_has_no_proof()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var entries = await trail.WriteAsync(1);

        Assert.Null(await trail.Trail.ProveAsync(Guid.NewGuid(), entries[0].Timestamp));
        Assert.Null(await trail.Trail.ProveAsync(entries[0].Id, entries[0].Timestamp.AddMicroseconds(1)));
        var failure = await Assert.ThrowsAsync<AuditException>(() => trail.Trail.ProveAsync(entries[0].Id, entries[0].Timestamp));
        Assert.Equal(PostgresAuditErrorCodes.NotSealed, failure.Code);
    }

    [Fact]
    public async Task An_export_verifies_elsewhere_with_what_was_erased_and_dropped()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 3, 31, 23, 59, 0, TimeSpan.Zero));
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 7, time: time);
        await trail.WriteAsync(10);
        time.Advance(TimeSpan.FromMinutes(2));
        var entries = await trail.WriteAsync(20);
        await trail.SealAsync(30);
        Assert.True((await ExportedAsync(trail)).Clean);
        await trail.Trail.EraseDetailsAsync(entries[4].Id, entries[4].Timestamp);
        await trail.Trail.DropBeforeAsync(time.GetUtcNow());

        var result = await ExportedAsync(trail);

        Assert.Empty(result.Tampers);
        Assert.Equal((20L, 10L, 1L, 30L), (result.Entries, result.Dropped, result.Erased, result.Anchored));
    }

    [Theory]
    [InlineData(AuditTamperKinds.EntryEdited, "UPDATE {s}.audit_entries SET action = 'forged' WHERE resource_id = 'doc-9'")]
    [InlineData(AuditTamperKinds.EntryDeleted, "DELETE FROM {s}.audit_entries WHERE resource_id = 'doc-9'")]
    [InlineData(
        AuditTamperKinds.EntryInserted,
        "INSERT INTO {s}.audit_entries (ts, id, xact, action, resource_type, result) SELECT ts, '00000000-0000-0000-0000-000000000001', xact, 'forged', 'd', 's' FROM {s}.audit_entries WHERE resource_id = 'doc-9'"
    )]
    [InlineData(AuditTamperKinds.BatchRemoved, "DELETE FROM {s}.audit_batches WHERE number = 1")]
    public async Task An_export_shows_what_was_done(string kind, string change)
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 7);
        await trail.WriteAsync(30);
        await trail.SealAsync(30);

        await trail.ForceAsync(change);

        Assert.Contains((await ExportedAsync(trail)).Tampers, tamper => tamper.Kind == kind);
    }

    private static async Task<AuditVerification> ExportedAsync(TestTrail trail)
    {
        using var file = new MemoryStream();
        await trail.Trail.ExportAsync(file);
        file.Position = 0;
        using var key = NewKey();
        return await AuditTrailFile.VerifyAsync(file, [key], trail.Anchor.Checkpoints, trail.Options.Origin);
    }

    private static AuditSigningKey NewKey() => AuditSigningKey.FromSecret("audit-1", Convert.FromBase64String(TestTrail.Key));
}
