using System.Security.Cryptography;
using System.Text;
using LedgerLift.Auth.Contract;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The contract on a real server. Each store has a key prefix of its own within that of the class.</summary>
public abstract class RedisTokenStoreContract(IConnectionMultiplexer connection, string keyPrefix) : TokenStoreContract
{
    private static int s_stores;

    // A store takes two commands in two slots, with an instant between them.
    protected override bool IsAtomic => false;

    protected override bool ForgetsByOurClock => false;

    protected override int Cases => 100;

    protected override int Histories => 100;

    /// <summary>The server orders entries of one score by their bytes: a letter for the kind, then the hash.</summary>
    internal static string RankByHash(string id, bool isFamily) =>
        (isFamily ? "f" : "t") + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    protected override string RankOf(string id, bool isFamily) => RankByHash(id, isFamily);

    protected override ValueTask<ITokenStore> CreateAsync(int maxActiveTokensPerUser = 0) =>
        new(
            new RedisTokenStore(
                connection,
                new RedisTokenStoreOptions
                {
                    KeyPrefix = $"{keyPrefix}{Interlocked.Increment(ref s_stores)}",
                    MaxActiveTokensPerUser = maxActiveTokensPerUser,
                    Resilience = Impatience.Patience(),
                },
                Clock
            )
        );
}
