using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Resilience.Tests;

public sealed class JitteredBackoffProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    [Fact]
    public void Never_negative_and_never_beyond_the_cap() =>
        Check(test => test.Delay(test.High) >= TimeSpan.Zero && test.Delay(test.High) <= test.Options.MaxDelay);

    [Fact]
    public void Grows_with_the_random_number() => Check(test => test.Delay(test.Low) <= test.Delay(test.High));

    // Where the cap begins to cut, the interval moves down to keep its width, so a proportional delay may then be shorter than the one before.
    [Fact]
    public void Grows_with_the_retry_until_the_cap_cuts() =>
        Check(test =>
            test.Retry == 0 || CutByTheCap(test) || test.Delay(test.Low) >= (test with { Retry = test.Retry - 1 }).Delay(test.Low)
        );

    [Fact]
    public void None_is_the_computed_delay() =>
        Check(test => test.Options.JitterMode != JitterMode.None || test.Delay(test.Low).Ticks == (long)test.Nominal);

    [Fact]
    public void Full_is_below_the_computed_delay() =>
        Check(test => test.Options.JitterMode != JitterMode.Full || test.Nominal < 1 || test.Delay(test.High).Ticks < test.Nominal);

    [Fact]
    public void The_spread_survives_the_cap() =>
        Check(test =>
        {
            if (test.Options.JitterMode != JitterMode.Proportional)
                return true;

            // The promised width: 2 · Jitter · c, cut only where the interval would leave [0, MaxDelay]; ends are rounded down to a tick.
            var high = Math.Min(test.Options.MaxDelay.Ticks, test.Nominal * (1 + test.Options.Jitter));
            var width = Math.Min(2 * test.Options.Jitter * test.Nominal, high);
            var seen = test.Delay(1 - (1.0 / (1L << 53))) - test.Delay(0);
            return Math.Abs(seen.Ticks - width) <= 2;
        });

    [Fact]
    public void Proportional_stays_within_its_share_of_the_computed_delay_unless_the_cap_moves_it_down() =>
        Check(test =>
        {
            if (test.Options.JitterMode != JitterMode.Proportional)
                return true;
            var delay = test.Delay(test.High).Ticks;
            return delay <= test.Nominal * (1 + test.Options.Jitter)
                && (CutByTheCap(test) || delay >= Math.Floor(test.Nominal * (1 - test.Options.Jitter)) - 1);
        });

    [Fact]
    public void A_wish_is_a_lower_bound_within_its_cap_and_never_shortens_a_delay() =>
        Check(test =>
        {
            var cap = test.Options.MaxRetryAfter ?? test.Options.MaxDelay;
            var floor =
                test.Wish is not { } wish ? TimeSpan.Zero
                : wish < cap ? wish
                : cap;
            var delay = test.DelayWithWish(test.Low);
            var longest = cap > test.Options.MaxDelay ? cap : test.Options.MaxDelay;
            return delay >= floor && delay >= test.Delay(test.Low) && delay <= longest && delay <= test.DelayWithWish(test.High);
        });

    [Fact]
    public void The_cases_reach_every_mode_the_cap_and_the_free_range()
    {
        var cases = BackoffCase.Any.Generator.Sample(2000);

        Assert.All(Enum.GetValues<JitterMode>(), mode => Assert.Contains(cases, test => test.Options.JitterMode == mode));
        Assert.True(cases.Count(AtTheCap) > 200);
        Assert.True(cases.Count(test => !AtTheCap(test)) > 200);
        Assert.Contains(cases, test => test.Wish > (test.Options.MaxRetryAfter ?? test.Options.MaxDelay));
        Assert.Contains(cases, test => test.Wish < (test.Options.MaxRetryAfter ?? test.Options.MaxDelay));
    }

    private static bool CutByTheCap(BackoffCase test) =>
        test.Options.JitterMode == JitterMode.Proportional && test.Nominal * (1 + test.Options.Jitter) > test.Options.MaxDelay.Ticks;

    private static bool AtTheCap(BackoffCase test) => test.Nominal >= test.Options.MaxDelay.Ticks;

    private static void Check(Func<BackoffCase, bool> holds) => Prop.ForAll(BackoffCase.Any, holds).Check(Runs);
}
