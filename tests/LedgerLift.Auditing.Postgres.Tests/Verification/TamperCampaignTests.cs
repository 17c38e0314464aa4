using System.Globalization;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>A superuser rewrites rows, batches and the chain together, with another key or with the stolen one; only the anchor is out of reach.</summary>
public sealed class TamperCampaignTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    internal const string DroppedMonth = "2026-01";
    private const int TamperingsOfTheTests = 120;

    [Fact]
    public async Task Every_tampering_is_found_and_an_untouched_trail_is_clean()
    {
        var setting = Environment.GetEnvironmentVariable("LEDGERLIFT_CAMPAIGN_TAMPERINGS");
        var count = string.IsNullOrEmpty(setting) ? TamperingsOfTheTests : int.Parse(setting, CultureInfo.InvariantCulture);
        var random = new SeededRandom();
        await using var trail = await CreateAsync();
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        var superuser = new Superuser(trail, connection, random);
        var kinds = Enum.GetValues<TamperKind>();
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);

        for (var number = 0; number < count; number++)
        {
            var kind = kinds[number % kinds.Length];
            var cover = kind is TamperKind.AlterHeader or TamperKind.AlterCheckpoint or TamperKind.AlterSealedHashes
                ? TamperCover.None
                : (TamperCover)random.Next(3);
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var role = new NpgsqlCommand("SET LOCAL session_replication_role = replica", connection))
                await role.ExecuteNonQueryAsync();
            if (number % 25 == 0)
                AssertClean(await VerifyAsync(trail, connection));

            var done = await superuser.TamperAsync(kind, cover);
            var result = await VerifyAsync(trail, connection);

            Assert.False(result.Clean, $"Not found ({random}, {number}): {done}");
            foreach (var tamper in result.Tampers.Select(tamper => tamper.Kind).Distinct(StringComparer.Ordinal))
                found[tamper] = found.GetValueOrDefault(tamper) + 1;
        }

        AssertClean(await trail.Trail.VerifyAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} tamperings found, as {string.Join(", ", found)}");
    }

    private static void AssertClean(AuditVerification result)
    {
        Assert.Empty(result.Tampers);
        Assert.Equal((30L, 10L, 2L), (result.Entries, result.Dropped, result.Erased));
    }

    /// <summary>Ten entries of a month that is dropped, thirty of the next, two of them without details by right; each of a transaction of its own.</summary>
    private async Task<TestTrail> CreateAsync()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero));
        var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 7, time: time);
        for (var number = 0; number < 10; number++)
            await trail.WriteAsync(1, number);
        await trail.SealAsync(10);
        time.Advance(TimeSpan.FromDays(20));
        var entries = new List<AuditEntry>();
        for (var number = 0; number < 30; number++)
            entries.AddRange(await trail.WriteAsync(1, 100 + number));
        await trail.SealAsync(30);
        await trail.Trail.DropBeforeAsync(time.GetUtcNow());
        await trail.Trail.EraseDetailsAsync(entries[3].Id, entries[3].Timestamp);
        await trail.Trail.EraseDetailsAsync(entries[20].Id, entries[20].Timestamp);
        return trail;
    }

    private static async Task<AuditVerification> VerifyAsync(TestTrail trail, NpgsqlConnection connection)
    {
        using var key = AuditSigningKey.FromSecret(trail.Options.SigningKeyId, Convert.FromBase64String(TestTrail.Key));
        var check = new TrailCheck(trail.Options, new BatchStore(trail.Schema), [key]);
        return await check.RunAsync(connection, trail.Anchor.Checkpoints, TestContext.Current.CancellationToken);
    }
}
