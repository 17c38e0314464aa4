namespace LedgerLift.Auth.Redis.Tests;

public sealed class TokenNamesTests
{
    private static readonly RedisTokenKeys Keys = new("ll");

    [Fact]
    public void Names_the_set_of_the_user_and_the_entry_of_the_token()
    {
        var name = new TokenNames(Keys).Of("jti-1", "ann");

        Assert.Equal(Keys.User("ann"), name.Set);
        Assert.Equal(TokenMember.Token(TokenHash.Of("jti-1")), name.Member);
    }

    [Fact]
    public void What_was_asked_for_lately_is_named_once()
    {
        var names = new TokenNames(Keys);

        Assert.Same(names.Of("jti-1", "ann"), names.Of(string.Concat("jti", "-1"), "ann"));
    }

    // Ten times as many tokens as places, each of two users: every one is displaced and every place is shared.
    [Fact]
    public void Tokens_that_share_a_place_keep_their_own_names()
    {
        var names = new TokenNames(Keys);
        foreach (var i in Enumerable.Range(0, 20_000).Select(i => i % 10_000))
        {
            foreach (var user in new[] { "ann", "bob" })
            {
                var name = names.Of($"jti-{i}", user);
                Assert.Equal(Keys.User(user), name.Set);
                Assert.Equal(TokenMember.Token(TokenHash.Of($"jti-{i}")), name.Member);
            }
        }
    }
}
