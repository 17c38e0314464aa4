using System.Collections.Concurrent;
using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>Concurrent transfers through a proxy that breaks connections, and what became of them. Each transfer notes its own id, so that doubles and losses show.</summary>
internal sealed class TransferCampaign(PostgresFixture postgres, string table, int seed)
{
    private const int Accounts = 8;
    private readonly ConcurrentBag<int> _acknowledged = [];
    private readonly ConcurrentBag<int> _notAcknowledged = [];
    private readonly ConcurrentBag<Exception> _unknown = [];
    private readonly ConcurrentBag<Exception> _failed = [];

    public int Acknowledged => _acknowledged.Count;

    public IReadOnlyCollection<Exception> Unknown => _unknown;

    public IReadOnlyCollection<Exception> Failed => _failed;

    public async Task CreateAsync()
    {
        await postgres.ExecuteAsync($"CREATE TABLE {table} (id int NOT NULL, amount int NOT NULL)");
        await postgres.ExecuteAsync($"CREATE TABLE {table}_account (id int PRIMARY KEY, balance int NOT NULL)");
        await postgres.ExecuteAsync($"INSERT INTO {table}_account SELECT i, 1000 FROM generate_series(0, {Accounts - 1}) i");
    }

    public Task RunAsync(ITransfers writer, int transfers, int workers)
    {
        var next = 0;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            for (var id = Interlocked.Increment(ref next); id <= transfers; id = Interlocked.Increment(ref next))
                await TransferAsync(writer, id);
        }
    }

    /// <summary>Acknowledged transfers that are not there.</summary>
    public async Task<int> LostAsync()
    {
        var there = await ThereAsync();
        return _acknowledged.Count(id => !there.Contains(id));
    }

    /// <summary>Transfers that were reported as failed and are there.</summary>
    public async Task<int> FailedButThereAsync()
    {
        var there = await ThereAsync();
        return _notAcknowledged.Count(there.Contains);
    }

    /// <summary>Transfers that are there more than once.</summary>
    public Task<long> DoubleAsync() =>
        postgres.ReadAsync<long>($"SELECT count(*) FROM (SELECT id FROM {table} GROUP BY id HAVING count(*) > 1) d");

    /// <summary>What the accounts hold together, which transfers do not change.</summary>
    public Task<long> TotalAsync() => postgres.ReadAsync<long>($"SELECT sum(balance) FROM {table}_account");

    private async Task<HashSet<int>> ThereAsync()
    {
        var there = new HashSet<int>();
        await using var command = postgres.DataSource.CreateCommand($"SELECT DISTINCT id FROM {table}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            there.Add(reader.GetInt32(0));
        return there;
    }

    private async Task TransferAsync(ITransfers writer, int id)
    {
        var random = new Random(HashCode.Combine(seed, id));
        var (from, to, amount) = (random.Next(Accounts), random.Next(Accounts), random.Next(1, 50));
        try
        {
            await writer.WriteAsync([
                // Always in one order, so that transfers wait and do not deadlock.
                .. new[] { from, to }.Order().Select(account => $"SELECT 1 FROM {table}_account WHERE id = {account} FOR UPDATE"),
                $"UPDATE {table}_account SET balance = balance - {amount} WHERE id = {from}",
                $"UPDATE {table}_account SET balance = balance + {amount} WHERE id = {to}",
                $"INSERT INTO {table} VALUES ({id}, {amount})",
            ]);
            _acknowledged.Add(id);
        }
        catch (CommitOutcomeUnknownException unknown)
        {
            _notAcknowledged.Add(id);
            _unknown.Add(unknown);
        }
        catch (Exception failure)
        {
            _notAcknowledged.Add(id);
            _failed.Add(failure);
        }
    }
}
