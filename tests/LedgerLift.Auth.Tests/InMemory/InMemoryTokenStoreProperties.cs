using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class InMemoryTokenStoreProperties
{
    // Property 6 of the requirement documents: of N + M tokens exactly the N youngest stay.
    [Fact]
    public void Property_6_keeps_exactly_the_youngest_N() =>
        Prop.ForAll(
                (
                    from kept in Gen.Choose(1, 50)
                    from more in Gen.Choose(0, 80)
                    from users in Gen.Choose(1, 5)
                    select (kept, more, users)
                ).ToArbitrary(),
                async counts =>
                {
                    var clock = new ManualTimeProvider();
                    var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = counts.kept }, clock);
                    for (var i = 0; i < counts.kept + counts.more; i++)
                        await store.StoreAsync($"jti-{i}", $"user-{i % counts.users}", clock.GetUtcNow().AddMinutes(1));

                    Assert.Equal(counts.kept, store.Count);
                    for (var i = 0; i < counts.kept + counts.more; i++)
                        Assert.Equal(i >= counts.more, await store.IsActiveAsync($"jti-{i}"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Behaves_as_the_model_when_it_is_full() =>
        Prop.ForAll(
                Gen.Choose(1, 5).ToArbitrary(),
                Gen.Choose(0, 3).ToArbitrary(),
                TokenOperationGenerator.Sequence(40),
                RunAgainstModelAsync
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static async Task RunAgainstModelAsync(int maxEntries, int maxPerUser, (TimeSpan Wait, TokenOperation Operation)[] operations)
    {
        var clock = new ManualTimeProvider();
        var origin = clock.GetUtcNow();
        var options = new InMemoryTokenStoreOptions { MaxEntries = maxEntries, MaxActiveTokensPerUser = maxPerUser };
        var store = new InMemoryTokenStore(options, clock);
        var model = new TokenStoreModel(maxEntries, maxPerUser);
        foreach (var (wait, operation) in operations)
        {
            clock.Advance(wait);
            model.Advance(wait);
            if (operation is StoreToken { ExpiresAt: var expiry } && expiry <= model.Now)
                continue;
            if (operation is RotateToken { ExpiresAt: var successorExpiry } && successorExpiry <= model.Now)
                continue;
            Assert.Equal($"{operation}: {operation.Apply(model)}", $"{operation}: {await operation.RunAsync(store, origin)}");
            Assert.Equal(model.Count, store.Count);
            Assert.Equal(model.Entries.Where(entry => entry.Live).Select(entry => entry.UserId).Distinct().Count(), store.UserCount);
        }
    }
}
