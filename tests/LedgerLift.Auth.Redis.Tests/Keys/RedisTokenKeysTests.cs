using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth.Contract;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RedisTokenKeysTests(RedisClusterFixture cluster) : IClassFixture<RedisClusterFixture>
{
    private static readonly RedisTokenKeys Keys = new("ll");

    [Fact]
    public void Keys_have_their_documented_form()
    {
        var hash = TokenHash.Of("jti-1");

        Assert.Equal("ll:t:WWTaBVrjHPjrcjDhkKUEiZxvYPB_nxzT", Keys.Record(hash));
        Assert.Equal("ll:u:{user-1}", Keys.User("user-1"));
        Assert.Equal($"ll:f:{{user-1}}:{hash}", Keys.Family("user-1", hash));
        Assert.Equal($"ll:r:{{user-1}}:{hash}", Keys.Rotated("user-1", hash));
        Assert.Equal("ll:x:{user-1}:7", Keys.Revoked("user-1", "7"));
        Assert.Equal("ll:w:{user-1}", Keys.Written("user-1"));
    }

    // The server's own word on the slot, for ids with braces, colons, quotes, line ends and emoji, up to 256 bytes.
    [Fact]
    public void All_keys_of_a_user_are_in_the_slot_of_the_user_whatever_the_id()
    {
        using var slots = new ClusterSlots(cluster.Addresses);
        foreach (var id in HostileIds.All)
        {
            var slot = slots.SlotOf(RedisTokenKeys.Escape(id));
            var hash = TokenHash.Of(id);
            Assert.Equal(
                [slot, slot, slot, slot, slot],
                new[] { Keys.User(id), Keys.Family(id, hash), Keys.Rotated(id, hash), Keys.Revoked(id, "1"), Keys.Written(id) }.Select(
                    key => slots.SlotOf(key.ToString())
                )
            );
        }
    }

    [Fact]
    public void Two_ids_never_share_a_key() =>
        Prop.ForAll(
                StoredTokens.Id.Two().ToArbitrary(),
                ids =>
                    string.Equals(ids.Item1, ids.Item2, StringComparison.Ordinal)
                    == string.Equals(RedisTokenKeys.Escape(ids.Item1), RedisTokenKeys.Escape(ids.Item2), StringComparison.Ordinal)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_key_is_of_harmless_characters() =>
        Prop.ForAll(
                StoredTokens.Id.ToArbitrary(),
                id =>
                    RedisTokenKeys
                        .Escape(id)
                        .All(sign => char.IsAsciiLetterOrDigit(sign) || "-_.~@=%".Contains(sign, StringComparison.Ordinal))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void The_hash_of_a_jti_and_the_entry_of_a_set_are_read_as_they_were_written() =>
        Prop.ForAll(
                StoredTokens.Id.ToArbitrary(),
                id =>
                {
                    var hash = TokenHash.Of(id);
                    return TokenHash.Read(hash.ToBytes()) == hash
                        && TokenMember.TryRead(TokenMember.Token(hash), out var ofToken, out var token)
                        && TokenMember.TryRead(TokenMember.Family(hash), out var ofFamily, out var family)
                        && (ofToken, ofFamily) == (false, true)
                        && (token, family) == (hash, hash);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("x012345678901234567890123")]
    [InlineData("t0123456789012345678901234")]
    public void An_entry_of_somebody_else_is_not_read(string entry) => Assert.False(TokenMember.TryRead(entry, out _, out _));
}
