using System.Globalization;
using System.Text.Json;

namespace LedgerLift.Auth.Tests;

public sealed class StoredTokenTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly StoredToken Plain = new("jti-1", "user-1", Created, Created.AddMilliseconds(3_600_123));
    private static readonly StoredToken Family = new("jti-é😀\n\"", "user-{1}", Created, Created.AddHours(1), revoked: true, "first");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u2003")]
    public void Refuses_blank_ids(string? blank)
    {
        Assert.Equal("jti", Assert.Throws<ArgumentException>(() => new StoredToken(blank!, "u", Created, Created)).ParamName);
        Assert.Equal("userId", Assert.Throws<ArgumentException>(() => new StoredToken("j", blank!, Created, Created)).ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Refuses_a_blank_family(string blank) =>
        Assert.Equal(
            "familyId",
            Assert.Throws<ArgumentException>(() => new StoredToken("j", "u", Created, Created, revoked: false, blank)).ParamName
        );

    [Fact]
    public void Takes_ids_up_to_256_bytes()
    {
        foreach (var longest in new[] { new string('x', 256), new string('é', 128), string.Concat(Enumerable.Repeat("😀", 64)) })
        {
            Assert.Equal(longest, new StoredToken(longest, longest, Created, Created).Jti);
            var exception = Assert.Throws<ArgumentException>(() => new StoredToken(longest + "x", "u", Created, Created));
            Assert.Contains("256", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(longest, exception.Message, StringComparison.Ordinal);
        }
    }

    // No theory: an attribute cannot hold a lone surrogate.
    [Fact]
    public void Refuses_text_that_UTF_8_cannot_tell_apart()
    {
        foreach (var illFormed in new[] { "a\ud83d", "\ude00\ud83d", "\udc00" })
        {
            Assert.Equal("jti", Assert.Throws<ArgumentException>(() => new StoredToken(illFormed, "u", Created, Created)).ParamName);
            Assert.Equal("userId", Assert.Throws<ArgumentException>(() => new StoredToken("j", illFormed, Created, Created)).ParamName);
        }
    }

    [Fact]
    public void Says_whether_a_text_can_be_an_id()
    {
        Assert.All(["a", " a", new string('x', 256), "😀"], id => Assert.True(StoredToken.CanBeId(id)));
        Assert.All([null, "", " ", new string('x', 257), "\ud83d"], id => Assert.False(StoredToken.CanBeId(id)));
    }

    [Fact]
    public void Keeps_UTC_milliseconds_cut_towards_the_past()
    {
        var late = new DateTimeOffset(2026, 1, 31, 2, 0, 0, 5, TimeSpan.FromHours(14)).AddTicks(9_999);

        var token = new StoredToken("j", "u", late, late);

        Assert.Equal(new DateTimeOffset(2026, 1, 30, 12, 0, 0, 5, TimeSpan.Zero), token.CreatedAt);
        Assert.Equal(token.CreatedAt, token.ExpiresAt);
        Assert.Equal(TimeSpan.Zero, token.ExpiresAt.Offset);
        var before1970 = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(5);
        Assert.Equal(before1970.AddTicks(-5), new StoredToken("j", "u", before1970, before1970).CreatedAt);
    }

    [Fact]
    public void Is_equal_when_all_members_are()
    {
        Assert.Equal(Plain, new StoredToken("jti-1", "user-1", Created, Created.AddMilliseconds(3_600_123)));
        Assert.NotEqual(Plain, new StoredToken("JTI-1", "user-1", Plain.CreatedAt, Plain.ExpiresAt));
        Assert.NotEqual(Plain, new StoredToken("jti-1", "user-2", Plain.CreatedAt, Plain.ExpiresAt));
        Assert.NotEqual(Plain, new StoredToken("jti-1", "user-1", Plain.CreatedAt.AddMilliseconds(1), Plain.ExpiresAt));
        Assert.NotEqual(Plain, new StoredToken("jti-1", "user-1", Plain.CreatedAt, Plain.ExpiresAt.AddMilliseconds(1)));
        Assert.NotEqual(Plain, new StoredToken("jti-1", "user-1", Plain.CreatedAt, Plain.ExpiresAt, revoked: true));
        Assert.NotEqual(Plain, new StoredToken("jti-1", "user-1", Plain.CreatedAt, Plain.ExpiresAt, revoked: false, "jti-1"));
    }

    [Fact]
    public void Its_text_hides_the_jti_and_the_family()
    {
        var text = new StoredToken("secret-jti", "user-1", Created, Created, revoked: false, "secret-family").ToString();

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("user-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new TokenRegistration("secret-jti", "user-1", Created).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_first_version_of_its_JSON()
    {
        Assert.Equal(Golden("stored-token-v1.json"), Plain.ToJson());
        Assert.Equal(Golden("stored-token-family-v1.json"), Family.ToJson());
    }

    [Fact]
    public void Reads_the_first_version_of_its_JSON()
    {
        Assert.Equal(Plain, StoredToken.FromJson(Golden("stored-token-v1.json")));
        Assert.Equal(Family, StoredToken.FromJson(Golden("stored-token-family-v1.json")));
    }

    [Fact]
    public void Ignores_members_it_does_not_know_and_takes_any_offset() =>
        Assert.Equal(
            Plain,
            StoredToken.FromJson(
                """
                { "later": {"a": [1]}, "revoked": false, "jti": "jti-1", "userId": "user-1",
                  "createdAt": "2026-02-01T02:00:00+14:00", "expiresAt": "2026-01-31T13:00:00.1234567Z" }
                """
            )
        );

    [Theory]
    [InlineData("jti")]
    [InlineData("userId")]
    [InlineData("createdAt")]
    [InlineData("expiresAt")]
    [InlineData("revoked")]
    public void Names_a_missing_member(string member)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, object>>(Plain.ToJson())!;
        members.Remove(member);

        AssertRefused(JsonSerializer.Serialize(members), $"'{member}'");
    }

    [Theory]
    [InlineData("jti", "\" \"", "'jti'")]
    [InlineData("jti", "42", "jti")]
    [InlineData("jti", "null", "'jti'")]
    [InlineData("userId", "\"\"", "'userId'")]
    [InlineData("userId", "[]", "userId")]
    [InlineData("createdAt", "\"2026-01-31T12:00:00\"", "'createdAt'")]
    [InlineData("createdAt", "\"2026-01-31\"", "'createdAt'")]
    [InlineData("createdAt", "1769860800", "createdAt")]
    [InlineData("expiresAt", "\"tomorrow\"", "'expiresAt'")]
    [InlineData("expiresAt", "\"2026-02-30T00:00:00Z\"", "'expiresAt'")]
    [InlineData("revoked", "\"yes\"", "revoked")]
    [InlineData("revoked", "null", "'revoked'")]
    [InlineData("familyId", "\"\"", "'familyId'")]
    public void Names_a_bad_member_without_its_value(string member, string value, string named)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Plain.ToJson())!;
        members[member] = JsonElement.Parse(value);

        AssertRefused(JsonSerializer.Serialize(members), named);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("secret-text")]
    [InlineData("{\"jti\":\"secret-a\",\"jti\":\"secret-b\"}")]
    public void Refuses_what_is_no_token(string json)
    {
        var exception = Assert.Throws<ArgumentException>(() => StoredToken.FromJson(json));

        Assert.Equal("json", exception.ParamName);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_null_text() => Assert.Throws<ArgumentNullException>(() => StoredToken.FromJson(null!));

    [Fact]
    public void Writes_the_same_JSON_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal(Golden("stored-token-v1.json"), Plain.ToJson());
            Assert.Equal(Plain, StoredToken.FromJson(Plain.ToJson()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static void AssertRefused(string json, string named)
    {
        var exception = Assert.Throws<ArgumentException>(() => StoredToken.FromJson(json));
        Assert.Equal("json", exception.ParamName);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tomorrow", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("jti-1", exception.ToString(), StringComparison.Ordinal);
    }

    private static string Golden(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)).TrimEnd('\n');
}
