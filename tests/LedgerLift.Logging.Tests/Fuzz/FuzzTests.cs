using System.Diagnostics;
using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Logging.Tests;

/// <summary>The short form of <c>eng/campaign logging</c>, which sets the number of calls.</summary>
public sealed class FuzzTests
{
    private const string CallsVariable = "LEDGERLIFT_FUZZ_CALLS";
    private const int ShortForm = 10_000;

    [Fact]
    public void No_planted_secret_reaches_any_provider()
    {
        var calls = int.TryParse(Environment.GetEnvironmentVariable(CallsVariable), CultureInfo.InvariantCulture, out var wanted)
            ? wanted
            : ShortForm;
        using var set = new ProviderSet();
        var random = new SeededRandom();
        var fuzzer = new LogFuzzer(random, set.Logger);
        var start = Stopwatch.GetTimestamp();
        var leaks = new List<string>();
        for (var call = 0; call < calls && leaks.Count < 5; call++)
        {
            var (secret, way) = fuzzer.Next();
            foreach (var (provider, text) in set.Output())
            {
                Assert.NotEmpty(text);
                if (text.Contains(secret, StringComparison.Ordinal))
                    leaks.Add($"{provider}, {secret}, {way}\n{text}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{calls} calls through six providers in {Stopwatch.GetElapsedTime(start)}");
        Assert.True(leaks.Count == 0, string.Join("\n", leaks));
    }
}
