using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>
/// The package is compiled against StackExchange.Redis 1.2.6 and must run on later majors. What it calls is listed in ClientSurface.txt, and nothing gets
/// onto that list that 2.13.23 and 3.4.35 do not have under the very same signature: both were compared by this code when the list was made.
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

    [Fact]
    public void The_floor_is_what_the_build_has_and_there_is_no_ceiling() =>
        Assert.Equal(new Version(1, 2, 6), Version.Parse(typeof(IDatabase).Assembly.GetName().Version!.ToString(3)));
}
