using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>
/// The package is compiled against StackExchange.Redis 1.2.6 and must run on later majors. What it calls is listed in ClientSurface.txt, and nothing gets
/// onto that list that 2.13.23 and 3.4.35 do not have under the very same signature: both were compared by this code when the list was made,
/// and by their sources where something came onto it later.
/// </summary>
public sealed class ClientSurfaceTests
{
    private const string List = "Client/ClientSurface.txt";

    private static readonly string[] Approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, List));

    [Fact]
    public void Calls_nothing_of_the_client_but_what_later_majors_have()
    {
        var used = ClientSurface.UsedBy(typeof(RedisTokenStore).Assembly.Location);

        Assert.Equal(Approved, used);
    }

    [Fact]
    public void The_list_is_of_members_that_exist()
    {
        var defined = ClientSurface.DefinedBy(typeof(IDatabase).Assembly.Location);

        Assert.NotEmpty(Approved);
        Assert.All(Approved, member => Assert.Contains(member, defined));
    }

    // 1.2.6 may go on with a caller on the thread that reads its answers, when one comes in the moment in which it begins to be waited for; who then blocks
    // waits for what nobody reads. A race, so a test that does it fails now and then.
    [Theory]
    [InlineData("LedgerLift.Auth.Redis")]
    [InlineData("LedgerLift.Auth.Redis.Tests")]
    [InlineData("LedgerLift.Testing")]
    public void Nobody_blocks_for_an_answer(string assembly)
    {
        var awaitable = ClientSurface
            .DefinedBy(typeof(IDatabase).Assembly.Location)
            .Select(NameOf)
            .Where(name => name.EndsWith("Async", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        var used = ClientSurface.UsedBy(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.NotEmpty(used);
        string[] blocking = [.. used.Where(member => awaitable.Contains(NameOf(member) + "Async"))];
        Assert.Empty(blocking);
    }

    private static string NameOf(string member) => member[..member.IndexOf('(', StringComparison.Ordinal)].Split('.')[^1];

    [Fact]
    public void The_floor_is_what_the_build_has_and_there_is_no_ceiling() =>
        Assert.Equal(new Version(1, 2, 6), Version.Parse(typeof(IDatabase).Assembly.GetName().Version!.ToString(3)));

    // As docs/auth-redis.md says: so long may a try to connect hang.
    [Theory]
    [InlineData("redis-1", 5_000)]
    [InlineData("redis-1,syncTimeout=2000", 5_000)]
    [InlineData("redis-1,syncTimeout=15000", 15_000)]
    [InlineData("redis-1,syncTimeout=15000,connectTimeout=3000", 3_000)]
    public void The_clients_connect_timeout_follows_a_longer_wait_for_answers(string configuration, int milliseconds)
    {
        Assert.True(RedisConfiguration.TryParse(configuration, out var options, out _));

        Assert.Equal(milliseconds, options.ConnectTimeout);
    }
}
