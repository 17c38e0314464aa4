using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>What the store says to the server: records and what is live. No Lua, so that nothing has to be loaded again after a restart or a failover.</summary>
/// <remarks>Always on masters: a replica may not know yet of a revoke.</remarks>
internal sealed partial class RedisTokenCommands(RedisTokenKeys keys, int maxPerUser, TimeSpan graveLife)
{
    private const CommandFlags Master = CommandFlags.DemandMaster;

    // Within a transaction the client must not follow a redirection: it would carry out one of the commands alone, on the other node.
    private const CommandFlags Together = Master | CommandFlags.NoRedirect;

    /// <summary>Writes a record unless there is one.</summary>
    /// <returns>The record that was there; null when this one is there now.</returns>
    internal async ValueTask<TokenRecord?> WriteRecordAsync(IDatabase database, TokenRecord record, CancellationToken cancellationToken)
    {
        var answer = await database
            .ExecuteAsync(
                "SET",
                new object[]
                {
                    keys.Record(TokenHash.Of(record.Jti)),
                    (RedisValue)TokenRecordJson.Write(record),
                    "NX",
                    "GET",
                    "PXAT",
                    record.ExpiresAt.ToUnixTimeMilliseconds(),
                },
                Master
            )
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return answer.IsNull ? null : TokenRecordJson.Read((byte[])answer);
    }

    internal async ValueTask<TokenRecord?> ReadRecordAsync(IDatabase database, TokenHash jti, CancellationToken cancellationToken)
    {
        byte[]? json = await database.StringGetAsync(keys.Record(jti), Master).WithinAsync(cancellationToken).ConfigureAwait(false);
        return json is null ? null : TokenRecordJson.Read(json);
    }

    /// <summary>Until when an entry of a user is live; null when it is not there.</summary>
    internal ValueTask<double?> LiveUntilAsync(IDatabase database, string userId, RedisValue member, CancellationToken cancellationToken) =>
        database.SortedSetScoreAsync(keys.User(userId), member, Master).WithinAsync(cancellationToken);

    /// <summary>The same for a token of its own, without a bound: the caller sees to it.</summary>
    internal static Task<double?> AskLiveUntilAsync(IDatabase database, TokenName name) =>
        database.SortedSetScoreAsync(name.Set, name.Member, Master);

    /// <summary>Makes an entry live. Must be sent once only: after a revoke it would come back.</summary>
    internal async ValueTask ActivateAsync(IDatabase database, TokenRecord record, long now, CancellationToken cancellationToken)
    {
        var user = keys.User(record.UserId);
        var expiry = record.ExpiresAt.ToUnixTimeMilliseconds();
        var transaction = new RedisTransaction(database);
        transaction.Add(all => all.SortedSetRemoveRangeByScoreAsync(user, double.NegativeInfinity, now, flags: Together));
        // Room for one more first, so that the new one is never what has to go.
        Task<long>? surplus = null;
        if (maxPerUser > 0)
            surplus = transaction.AskAsync(all => all.SortedSetRemoveRangeByRankAsync(user, 0, -maxPerUser, Together));
        transaction.Add(all => all.SortedSetAddAsync(user, record.Member, expiry, Together));
        KeepUntil(transaction, user, expiry);
        if (record.FamilyId is not null)
            PointTo(transaction, record, expiry);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        if (surplus is not null)
            RedisTelemetry.RecordEvictions(await surplus.ConfigureAwait(false));
    }

    /// <summary>Takes an entry out. True when it was there.</summary>
    internal ValueTask<bool> EndAsync(IDatabase database, string userId, RedisValue member, CancellationToken cancellationToken) =>
        database.SortedSetRemoveAsync(keys.User(userId), member, Master).WithinAsync(cancellationToken);

    /// <summary>Takes out what has expired, so that what is taken out next was live.</summary>
    internal ValueTask<long> ForgetExpiredAsync(IDatabase database, string userId, long now, CancellationToken cancellationToken) =>
        database
            .SortedSetRemoveRangeByScoreAsync(keys.User(userId), double.NegativeInfinity, now, flags: Master)
            .WithinAsync(cancellationToken);

    /// <summary>
    /// Takes all entries of a user away under a name of this operation, and counts the live ones. Sent again with the same operation it takes nothing
    /// more and counts the same: so an answer that was lost can be asked for again.
    /// </summary>
    internal async ValueTask<int> EndAllAsync(
        IDatabase database,
        string userId,
        string operation,
        long now,
        CancellationToken cancellationToken
    )
    {
        var user = keys.User(userId);
        var taken = keys.Revoked(userId, operation);
        var transaction = new RedisTransaction(database);
        transaction.AddOptional(all => all.ExecuteAsync("RENAMENX", new object[] { user, taken }, Together));
        transaction.Add(all => all.KeyExpireAsync(taken, graveLife, Together));
        var count = transaction.AskAsync(all => all.SortedSetLengthAsync(taken, now, double.PositiveInfinity, Exclude.Start, Together));
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return checked((int)await count.ConfigureAwait(false));
    }

    /// <summary>Frees what a revoke-all took away, in the server's background. Nobody waits: it would also expire.</summary>
    /// <param name="database">The database.</param>
    /// <param name="userId">Whose it was.</param>
    /// <param name="operation">Which revoke-all.</param>
    /// <param name="mayComeAgain">Whether a copy of the command may still be on its way; its name then stays taken.</param>
    internal void Free(IDatabase database, string userId, string operation, bool mayComeAgain)
    {
        var taken = keys.Revoked(userId, operation);
        var transaction = new RedisTransaction(database);
        transaction.AddOptional(all => all.ExecuteAsync("UNLINK", new object[] { taken }, Together));
        if (mayComeAgain)
            transaction.AddOptional(all => all.StringSetAsync(taken, "", graveLife, When.Always, Together));
        transaction.Send();
    }

    /// <summary>A page of a user's live entries, the soonest to expire first.</summary>
    internal ValueTask<SortedSetEntry[]> ListAsync(
        IDatabase database,
        string userId,
        double after,
        bool inclusive,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) =>
        database
            .SortedSetRangeByScoreWithScoresAsync(
                keys.User(userId),
                after,
                double.PositiveInfinity,
                inclusive ? Exclude.None : Exclude.Start,
                Order.Ascending,
                skip,
                take,
                Master
            )
            .WithinAsync(cancellationToken);

    // The set lives as long as the entry that lives longest. Both forms are of Redis 7.0; an older server refuses the whole transaction.
    private static void KeepUntil(RedisTransaction transaction, RedisKey key, long expiry)
    {
        transaction.Add(all => all.ExecuteAsync("PEXPIREAT", new object[] { key, expiry, "NX" }, Together));
        transaction.Add(all => all.ExecuteAsync("PEXPIREAT", new object[] { key, expiry, "GT" }, Together));
    }
}
