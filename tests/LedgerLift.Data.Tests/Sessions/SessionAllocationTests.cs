using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>What a session costs beyond the connection it holds.</summary>
[Collection(nameof(ServerKillers))]
public sealed class SessionAllocationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Opens = 500;

    /// <summary>The session, its lease and the lease's place among those held.</summary>
    private const long MostBytes = 320;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Opening_and_closing_allocates_no_more_than_its_own_three_objects(bool isCancelable)
    {
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        using var source = new CancellationTokenSource();
        var token = isCancelable ? source.Token : CancellationToken.None;
        await (await database.OpenSessionAsync(Cancellation)).DisposeAsync();

        var raw = Least(() => database.DataSource.OpenConnection().Dispose());
        var ours = Least(() =>
        {
            var opening = database.OpenSessionAsync(token);
            Assert.True(opening.IsCompletedSuccessfully);
#pragma warning disable VSTHRD002 // It is completed.
            var closing = opening.Result.DisposeAsync();
#pragma warning restore VSTHRD002
            Assert.True(closing.IsCompletedSuccessfully);
        });

        Assert.InRange(ours - raw, 1, MostBytes);
    }

    // The least of several batches: once in a while the runtime allocates for itself.
    private static long Least(Action action)
    {
        for (var i = 0; i < Opens; i++)
            action();
        return Enumerable.Range(0, 10).Min(_ => Batch(action));
    }

    private static long Batch(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Opens; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Opens;
    }
}
