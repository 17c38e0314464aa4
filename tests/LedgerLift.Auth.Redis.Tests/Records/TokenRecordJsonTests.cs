using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth.Contract;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class TokenRecordJsonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, 1, TimeSpan.Zero);

    // What stands in servers today must be read by every later version.
    [Fact]
    public void A_record_has_the_form_of_version_1()
    {
        var record = new TokenRecord("jti-1", "user-1", Noon, Noon.AddHours(1), "first", "nonce");

        const string Json = """{"j":"jti-1","u":"user-1","c":1767268800001,"e":1767272400001,"f":"first","n":"nonce"}""";
        Assert.Equal(Json, Encoding.UTF8.GetString(TokenRecordJson.Write(record)));
        Assert.Equal(record, TokenRecordJson.Read(Encoding.UTF8.GetBytes(Json)));
    }

    [Fact]
    public void Members_of_later_versions_are_ignored() =>
        Assert.Equal("jti-1", TokenRecordJson.Read("""{"j":"jti-1","u":"user-1","c":1,"e":2,"n":"nonce","later":{"a":[1]}}"""u8).Jti);

    [Fact]
    public void Any_record_comes_back_equal() =>
        Prop.ForAll(
                StoredTokens.Any(() => Noon),
                token =>
                {
                    var record = new TokenRecord(token.Jti, token.UserId, token.CreatedAt, token.ExpiresAt, token.FamilyId, "nonce");
                    return TokenRecordJson.Read(TokenRecordJson.Write(record)) == record;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("secret-text")]
    [InlineData("""{"j":"jti-1"}""")]
    [InlineData("""{"j":" ","u":"user-1","c":1,"e":2,"n":"nonce"}""")]
    [InlineData("""{"j":"jti-1","u":"user-1","c":1,"e":9223372036854775807,"n":"nonce"}""")]
    [InlineData("""{"j":"jti-1","u":"user-1","c":1,"e":2}""")]
    public void Anything_else_is_a_corrupt_record_and_not_shown(string text)
    {
        var failure = Assert.Throws<TokenStoreException>(() => TokenRecordJson.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(TokenStoreErrorCodes.CorruptRecord, failure.Code);
        Assert.False(failure.IsTransient);
        Assert.DoesNotContain("secret-text", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("jti-1", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_does_not_show_its_jti() =>
        Assert.DoesNotContain("jti-1", new TokenRecord("jti-1", "user-1", Noon, Noon, null, "nonce").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_cache_keeps_so_many_and_lets_the_oldest_go()
    {
        var cache = new RecordCache(3);
        for (var i = 0; i < 10; i++)
            cache.Add(new TokenRecord($"jti-{i}", "user-1", Noon, Noon.AddHours(1), null, "nonce"));
        cache.Add(new TokenRecord("jti-9", "user-2", Noon, Noon.AddHours(1), null, "nonce"));

        Assert.Equal(3, cache.Count);
        Assert.Null(cache.Find("jti-6"));
        Assert.NotNull(cache.Find("jti-7"));
        Assert.Equal("user-2", cache.Find("jti-9")!.UserId);
    }

    [Fact]
    public void No_cache_keeps_nothing()
    {
        var cache = new RecordCache(0);

        cache.Add(new TokenRecord("jti-1", "user-1", Noon, Noon.AddHours(1), null, "nonce"));

        Assert.Equal(0, cache.Count);
        Assert.Null(cache.Find("jti-1"));
    }
}
