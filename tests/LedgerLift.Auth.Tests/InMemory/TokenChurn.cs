using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>What a busy host does to a store: tokens come and go in every way there is.</summary>
internal static class TokenChurn
{
    public static async Task RunAsync(InMemoryTokenStore store, ManualTimeProvider clock, SeededRandom random, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            var jti = $"jti-{i}";
            var expiry = clock.GetUtcNow().AddMilliseconds(random.Next(1, 60_000));
            switch (random.Next(10))
            {
                case < 6:
                    await store.StoreAsync(jti, $"user-{random.Next(5000)}", expiry);
                    break;
                case 6:
                    await store.StoreRotatableAsync(jti, $"user-{random.Next(5000)}", expiry);
                    break;
                case 7:
                    await store.RotateAsync($"jti-{random.Next(Math.Max(-1, i - 100), i)}", jti, expiry);
                    break;
                case 8:
                    await store.RevokeAsync($"jti-{random.Next(Math.Max(0, i - 1000), i + 1)}");
                    break;
                default:
                    await store.RevokeAllForUserAsync($"user-{random.Next(5000)}");
                    break;
            }

            if (i % 16 == 0)
                clock.Advance(TimeSpan.FromMilliseconds(random.Next(100)));
        }
    }
}
