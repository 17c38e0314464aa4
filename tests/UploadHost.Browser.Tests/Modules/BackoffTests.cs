namespace UploadHost.Browser.Tests;

public sealed class BackoffTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    [Fact]
    public async Task Gives_the_delays_of_the_packages_rule()
    {
        var delays = await modules.RunAsync<double[]>(
            """
            const { backoffDelay, defaultBackoff } = await import('/js/resilience/backoff.js');
            return [[0, 0], [0, 0.5], [1, 0.5], [4, 0.5], [5, 0.5], [9, 0]].map(([retry, random]) => backoffDelay(defaultBackoff, retry, random));
            """
        );

        // 1 s · 2^retry, a fifth more or less; at the cap of 30 s the window ends there and reaches 12 s down.
        Assert.Equal([800, 1000, 2000, 16_000, 24_000, 18_000], delays);
    }

    [Fact]
    public async Task Stays_between_nothing_and_the_cap_for_any_options()
    {
        var outside = await modules.RunAsync<int>(
            """
            const { backoffDelay } = await import('/js/resilience/backoff.js');
            let outside = 0;
            for (let i = 0; i < 20000; i++) {
              const maxMs = Math.random() * 60000;
              const options = { baseMs: Math.random() * 5000, maxMs, multiplier: 1 + Math.random() * 3, jitter: Math.random() };
              const delay = backoffDelay(options, Math.floor(Math.random() * 40), Math.random());
              if (!(delay >= 0 && delay <= maxMs)) outside++;
            }
            return outside;
            """
        );

        Assert.Equal(0, outside);
    }
}
