using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <content>Families. An entry stands for the whole family, so taking it out ends the family in one command; which of its tokens is live follows from which were replaced.</content>
internal sealed partial class RedisTokenCommands
{
    /// <summary>By which token one was replaced; null when it was not.</summary>
    internal async ValueTask<TokenHash?> ReadSuccessorAsync(
        IDatabase database,
        string userId,
        TokenHash jti,
        CancellationToken cancellationToken
    )
    {
        byte[]? successor = await database
            .StringGetAsync(keys.Rotated(userId, jti), Master)
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return ReadHash(successor);
    }

    /// <summary>Claims the right to replace a token. Whoever is first has it, once and for all.</summary>
    /// <returns>The successor that was claimed first; null when it is this one.</returns>
    internal async ValueTask<TokenHash?> ClaimAsync(
        IDatabase database,
        TokenRecord replaced,
        TokenHash successor,
        CancellationToken cancellationToken
    )
    {
        var answer = await database
            .ExecuteAsync(
                "SET",
                new object[]
                {
                    keys.Rotated(replaced.UserId, TokenHash.Of(replaced.Jti)),
                    (RedisValue)successor.ToBytes(),
                    "NX",
                    "GET",
                    "PXAT",
                    replaced.ExpiresAt.ToUnixTimeMilliseconds(),
                },
                Master
            )
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return answer.IsNull ? null : ReadHash((byte[])answer);
    }

    /// <summary>Lets the family live as long as its new token, if it still does. True when it does.</summary>
    /// <remarks>May be sent again: it never brings a family back.</remarks>
    internal async ValueTask<bool> SucceedAsync(IDatabase database, TokenRecord successor, CancellationToken cancellationToken)
    {
        var user = keys.User(successor.UserId);
        var expiry = successor.ExpiresAt.ToUnixTimeMilliseconds();
        var transaction = new RedisTransaction(database);
        transaction.Add(all => all.SortedSetAddAsync(user, successor.Member, expiry, When.Exists, Together));
        transaction.Add(all => all.ExecuteAsync("PEXPIREAT", new object[] { user, expiry, "GT" }, Together));
        PointTo(transaction, successor, expiry);
        var live = transaction.AskAsync(all => all.SortedSetScoreAsync(user, successor.Member, Together));
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return await live.ConfigureAwait(false) is not null;
    }

    /// <summary>The token of a family that was issued last.</summary>
    internal async ValueTask<TokenHash?> ReadCurrentAsync(
        IDatabase database,
        string userId,
        TokenHash family,
        CancellationToken cancellationToken
    )
    {
        byte[]? current = await database
            .StringGetAsync(keys.Family(userId, family), Master)
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return ReadHash(current);
    }

    private void PointTo(RedisTransaction transaction, TokenRecord record, long expiry)
    {
        RedisValue current = TokenHash.Of(record.Jti).ToBytes();
        var key = keys.Family(record.UserId, TokenHash.Of(record.FamilyId!));
        transaction.Add(all => all.ExecuteAsync("SET", new object[] { key, current, "PXAT", expiry }, Together));
    }

    private static TokenHash? ReadHash(byte[]? bytes) =>
        bytes is null ? null
        : bytes.Length == TokenHash.Length ? TokenHash.Read(bytes)
        : throw TokenStoreFailure.CorruptRecord();
}
