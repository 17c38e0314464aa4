using LedgerLift.Auth.Redis;
using StackExchange.Redis;

// A client that is there to be killed: stores, rotates, revokes and revokes all without a pause, until somebody ends it or five minutes are over.
// usage: LedgerLift.Auth.Redis.Load CONFIGURATION KEY-PREFIX. Writes a line for each twenty rounds that were answered.
const int Workers = 16;
const int Users = 5;
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
#pragma warning disable RS0030 // It need not end well: it is there to be killed.
using var connection = await ConnectionMultiplexer.ConnectAsync(args[0]);
#pragma warning restore RS0030
var options = new RedisTokenStoreOptions { KeyPrefix = args[1], MaxActiveTokensPerUser = 50 };
(options.Resilience.AttemptTimeout, options.Resilience.TotalTimeout) = (null, TimeSpan.FromMinutes(1));
var store = new RedisTokenStore(connection, options);
var answered = 0;
await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker))));

async Task WorkAsync(int worker)
{
    var number = 0;
    while (!limit.IsCancellationRequested)
    {
        number++;
        await CallAsync($"{worker}-{number}", $"user-{number % Users}", number);
        if (Interlocked.Increment(ref answered) % 20 == 0)
            await Console.Out.WriteLineAsync("twenty more");
    }
}

async Task CallAsync(string jti, string user, int number)
{
    var expiresAt = TimeProvider.System.GetUtcNow().AddHours(1);
    await store.StoreAsync(jti, user, expiresAt, limit.Token);
    await store.StoreRotatableAsync($"{jti}-a", user, expiresAt, limit.Token);
    await store.RotateAsync($"{jti}-a", $"{jti}-b", expiresAt, limit.Token);
    if (number % 3 == 0)
        await store.RevokeAsync(jti, limit.Token);
    if (number % 7 == 0)
        await store.RevokeAllForUserAsync(user, limit.Token);
}
