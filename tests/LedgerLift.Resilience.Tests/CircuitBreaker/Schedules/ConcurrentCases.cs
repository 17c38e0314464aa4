using static LedgerLift.Resilience.Tests.BreakerAct;

namespace LedgerLift.Resilience.Tests;

/// <summary>Random cases: every state, with calls of earlier states still under way, and threads that all work on the same few calls.</summary>
internal sealed class ConcurrentCases(Random random)
{
    private const int Recovery = 10;

    // What a thread does, each as often as it stands here.
    private static readonly BreakerAct[] Acts =
    [
        .. Enumerable.Repeat(Enter, 12),
        .. Enumerable.Repeat(Succeed, 12),
        .. Enumerable.Repeat(Fail, 8),
        .. Enumerable.Repeat(ReadSnapshot, 3),
        FailWithoutCause,
        Ignore,
        Advance,
        Isolate,
        Close,
        Trip,
        ReadState,
    ];

    public ConcurrentCase Next()
    {
        var successes = Math.Max(1, random.Next(4));
        var settings = new BreakerSettingsCase(
            Failures: random.Next(1, 4),
            successes,
            Probes: random.Next(1, Math.Min(2, successes) + 1),
            Recovery,
            Lease: random.Next(3) == 0 ? null : 5,
            Multiplier: random.Next(1, 3),
            MaxRecovery: 60,
            Shadow: random.Next(8) == 0
        );
        var setUp = SetUp(settings).ToList();
        var threads = random.Next(2, 4);
        var programs = Enumerable.Range(0, threads).Select(thread => Program(thread, setUp, 5 - threads));
        return new ConcurrentCase(settings, setUp, [.. programs], Fine: true);
    }

    private IEnumerable<BreakerCommand> SetUp(BreakerSettingsCase settings)
    {
        var key = ConcurrentCase.SetUpKey;
        for (var i = 0; i < 2; i++)
            yield return new(Enter, key++);
        for (var failure = 1; failure < settings.Failures; failure++)
        {
            yield return new(Enter, key);
            yield return new(Fail, key++);
        }

        var state = random.Next(6);
        if (state == 0)
            yield break;
        if (state == 1)
        {
            yield return new(Isolate);
            yield break;
        }

        yield return new(Enter, key);
        yield return new(Fail, key++);
        yield return new(Advance, state == 2 ? Recovery - 1 : Recovery);
        if (state <= 3)
            yield break;
        yield return new(Enter, key++);
        if (settings.Probes > 1)
            yield return new(Enter, key);
        if (state == 5)
            yield return new(Advance, (settings.Lease ?? Recovery) - random.Next(2));
    }

    private List<BreakerCommand> Program(int thread, List<BreakerCommand> setUp, int longest)
    {
        var keys = setUp.Where(command => command.Act == Enter).Select(command => command.Number).TakeLast(3).ToList();
        var program = new List<BreakerCommand>();
        var length = random.Next(2, longest + 2);
        for (var i = 0; i < length; i++)
        {
            var act = Acts[random.Next(Acts.Length)];
            var own = (thread * 10) + i;
            program.Add(
                act switch
                {
                    Enter or Trip => new(act, own),
                    Succeed or Fail or FailWithoutCause or Ignore => new(act, keys[random.Next(keys.Count)]),
                    Advance => new(act, random.Next(2) == 0 ? 1 : Recovery),
                    _ => new(act, own),
                }
            );
            if (act == Enter)
                keys.Add(own);
        }

        return program;
    }
}
