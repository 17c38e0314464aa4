using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth.Contract;

namespace LedgerLift.Auth.Tests;

public sealed class StoredTokenProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(5000);
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    // Property 5 of the requirement documents: any valid token survives JSON.
    [Fact]
    public void Property_5_comes_back_from_JSON_equal() =>
        Prop.ForAll(StoredTokens.Any(() => Now), token => StoredToken.FromJson(token.ToJson()) == token).Check(Runs);

    [Fact]
    public void Writes_one_line() =>
        Prop.ForAll(StoredTokens.Any(() => Now), token => !token.ToJson().AsSpan().ContainsAny('\r', '\n')).Check(Runs);

    // Property 4, for the record itself.
    [Fact]
    public void Property_4_refuses_blank_ids() =>
        Prop.ForAll(
                (
                    from length in Gen.Choose(0, 20)
                    from blanks in Gen.Elements(' ', '\t', '\n', '\r', '\u00a0', '\u2003', '\u3000').ArrayOf(length)
                    select new string(blanks)
                ).ToArbitrary(),
                blank =>
                {
                    Assert.Throws<ArgumentException>(() => new StoredToken(blank, "u", Now, Now));
                    Assert.Throws<ArgumentException>(() => new StoredToken("j", blank, Now, Now));
                }
            )
            .Check(Runs);

    [Fact]
    public void The_ids_tried_are_hostile_too()
    {
        var tried = StoredTokens.Any(() => Now).Generator.Sample(2000).ToArray();

        Assert.Contains(tried, token => token.Jti.Any(char.IsControl));
        Assert.Contains(tried, token => token.Jti.Any(char.IsSurrogate));
        Assert.Contains(tried, token => token.Jti.Contains('}', StringComparison.Ordinal));
        Assert.Contains(tried, token => token.Jti.Length > 100);
        Assert.Contains(tried, token => token.FamilyId is not null);
        Assert.Contains(tried, token => token.ExpiresAt > Now.AddYears(50));
        Assert.Contains(tried, token => token.ExpiresAt < Now.AddSeconds(60));
    }
}
