using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth;
using LedgerLift.Testing;

namespace LedgerLift.Requirements.Tests;

public sealed class TokenProperties
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact, Trait("Property", "4")]
    public void Blank_ids_and_expiries_that_are_past_are_refused() =>
        Prop.ForAll(
                Cases.Blank,
                Cases.Of(Gen.Choose(-1_000_000, 0)),
                (blank, seconds) =>
                {
                    var store = new InMemoryTokenStore(timeProvider: new ManualTimeProvider(Now));
                    Refused(() => store.StoreAsync(blank, "user", Now.AddHours(1)));
                    Refused(() => store.StoreAsync("jti", blank, Now.AddHours(1)));
                    Refused(() => store.StoreAsync("jti", "user", Now.AddSeconds(seconds)));
                    Assert.Equal(0, store.Count);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "5")]
    public void A_token_comes_back_equal_from_its_json() =>
        Prop.ForAll(
                Cases.Of(Cases.Id),
                Cases.Of(Cases.Id),
                Cases.Of(Gen.Choose(1, 1_000_000_000).SelectMany(life => Gen.Elements(true, false).Select(revoked => (life, revoked)))),
                (jti, user, rest) =>
                {
                    var token = new StoredToken(jti, user, Now, Now.AddMilliseconds(rest.life), rest.revoked);
                    Assert.Equal(token, StoredToken.FromJson(token.ToJson()));
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "6")]
    public void Of_more_tokens_than_fit_the_oldest_go() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(1, 30).SelectMany(room => Gen.Choose(0, 30).Select(more => (Room: room, More: more)))),
                size =>
                {
                    var store = new InMemoryTokenStore(
                        new InMemoryTokenStoreOptions { MaxEntries = size.Room },
                        new ManualTimeProvider(Now)
                    );
                    for (var number = 0; number < size.Room + size.More; number++)
                        Wait(store.StoreAsync($"t{number}", "user", Now.AddHours(1)));
                    Assert.Equal(size.Room, store.Count);
                    for (var number = 0; number < size.Room + size.More; number++)
                        Assert.Equal(number >= size.More, Wait(store.IsActiveAsync($"t{number}")));
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "7")]
    public void Revoking_a_user_revokes_and_counts_exactly_their_tokens() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(0, 30)),
                Cases.Of(Gen.Choose(0, 30)),
                (own, others) =>
                {
                    var store = new InMemoryTokenStore(timeProvider: new ManualTimeProvider(Now));
                    for (var number = 0; number < own; number++)
                        Wait(store.StoreAsync($"own{number}", "user", Now.AddHours(1)));
                    for (var number = 0; number < others; number++)
                        Wait(store.StoreAsync($"other{number}", "other", Now.AddHours(1)));

                    Assert.Equal(own, Wait(store.RevokeAllForUserAsync("user")));
                    Assert.Equal(0, Wait(store.RevokeAllForUserAsync("user")));
                    Assert.All(Enumerable.Range(0, own), number => Assert.False(Wait(store.IsActiveAsync($"own{number}"))));
                    Assert.All(Enumerable.Range(0, others), number => Assert.True(Wait(store.IsActiveAsync($"other{number}"))));
                }
            )
            .Check(Cases.Config);

    private static void Refused(Func<ValueTask> call)
    {
        var fault = Assert.ThrowsAny<ArgumentException>(() => Wait(call()));
        Assert.NotEmpty(fault.Message);
    }

    // The store in memory ends every call before it returns.
    private static void Wait(ValueTask call)
    {
        Assert.True(call.IsCompleted);
        call.GetAwaiter().GetResult();
    }

    private static T Wait<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted);
        return call.GetAwaiter().GetResult();
    }
}
