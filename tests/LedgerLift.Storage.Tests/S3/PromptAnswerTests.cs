using System.Diagnostics;

namespace LedgerLift.Storage.Tests;

/// <summary>A server that writes an answer in two packets, the second of which Nagle's algorithm holds back until the first is acknowledged.</summary>
[Collection(nameof(Alone))]
public sealed class PromptAnswerTests
{
    // The system acknowledges after 40 ms by itself.
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_in_two_packets_does_not_wait_for_the_acknowledgement_of_the_first()
    {
        await using var server = new StubServer((_, _) => StubAnswer.Ok with { IsInTwo = true });
        using var store = new S3ObjectStore(server.NewOptions());
        var fastest = TimeSpan.MaxValue;

        // A new connection acknowledges promptly for a while by itself.
        for (var call = 0; call < 40; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await store.FindAsync(ObjectKey.Parse("key"), Cancellation);
            var took = Stopwatch.GetElapsedTime(started);
            if (call >= 20 && took < fastest)
                fastest = took;
        }

        Assert.InRange(fastest, TimeSpan.Zero, Prompt);
    }
}
