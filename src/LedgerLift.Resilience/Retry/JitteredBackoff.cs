namespace LedgerLift.Resilience;

/// <summary>How long to wait before a retry: exponential backoff whose spread survives the cap. Pure: the same arguments give the same delay.</summary>
/// <remarks>
/// With c = min(MaxDelay, BaseDelay · Multiplier^retry):
/// <list type="bullet">
/// <item><see cref="JitterMode.Proportional"/>: hi = min(MaxDelay, c · (1 + Jitter)), lo = max(0, hi − 2 · Jitter · c), delay = lo + (hi − lo) · random;</item>
/// <item><see cref="JitterMode.Full"/>: delay = c · random;</item>
/// <item><see cref="JitterMode.None"/>: delay = c.</item>
/// </list>
/// Cutting a spread delay at the cap instead, as is common, sends all clients that have reached the cap back at one and the same moment. Delays are
/// rounded down to a tick (100 ns). Safe to use from any thread while nobody changes the options.
/// </remarks>
public static class JitteredBackoff
{
    private static readonly RetryOptionsValidator Validator = new();

    /// <summary>The delay before a retry.</summary>
    /// <param name="options">The settings; they are checked.</param>
    /// <param name="retry">Which retry, counted from 0.</param>
    /// <param name="random">Where in the spread the delay lies: a number from 0, inclusive, to 1, exclusive, evenly distributed.</param>
    /// <returns>The delay, from zero to <see cref="RetryOptions.MaxDelay"/>, inclusive.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="retry"/> is negative, or <paramref name="random"/> is below 0, at or over 1, or not a number.
    /// </exception>
    public static TimeSpan GetDelay(RetryOptions options, int retry, double random) => GetDelay(options, retry, random, retryAfter: null);

    /// <summary>The delay before a retry, when the dependency may have said how long it wants to be left alone.</summary>
    /// <param name="options">The settings; they are checked.</param>
    /// <param name="retry">Which retry, counted from 0.</param>
    /// <param name="random">Where in the spread the delay lies: a number from 0, inclusive, to 1, exclusive, evenly distributed.</param>
    /// <param name="retryAfter">
    /// The dependency's wish. It is a lower bound, cut to <see cref="RetryOptions.MaxRetryAfter"/>; above it the delay is spread upwards only, by
    /// <see cref="RetryOptions.Jitter"/> (by all of it when <see cref="JitterMode.Full"/>), and not beyond <see cref="RetryOptions.MaxRetryAfter"/>.
    /// <see langword="null"/>, zero or less: no wish.
    /// </param>
    /// <returns>
    /// The longer of the computed delay and the wish, from zero to the longer of <see cref="RetryOptions.MaxDelay"/> and
    /// <see cref="RetryOptions.MaxRetryAfter"/>, inclusive.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="retry"/> is negative, or <paramref name="random"/> is below 0, at or over 1, or not a number.
    /// </exception>
    public static TimeSpan GetDelay(RetryOptions options, int retry, double random, TimeSpan? retryAfter)
    {
        OptionsGuard.ThrowIfInvalid(Validator, options, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(retry);
        ThrowIfNotUnit(random);
        return GetCheckedDelay(options, retry, random, retryAfter);
    }

    /// <summary>The same for options that were checked when they were taken: for every failure, and without an allocation.</summary>
    internal static TimeSpan GetCheckedDelay(RetryOptions options, int retry, double random, TimeSpan? retryAfter)
    {
        var own = Spread(options, retry, random);
        var wished = Wished(options, random, retryAfter);
        return wished > own ? wished : own;
    }

    private static TimeSpan Spread(RetryOptions options, int retry, double random)
    {
        double max = options.MaxDelay.Ticks;
        var delay = Grown(options, retry, max);
        switch (options.JitterMode)
        {
            case JitterMode.None:
                return Ticks(delay, max);
            case JitterMode.Full:
                return Ticks(delay * random, max);
            default:
                var high = Math.Min(max, delay * (1 + options.Jitter));
                var low = Math.Max(0, high - (2 * options.Jitter * delay));
                return Ticks(low + ((high - low) * random), high);
        }
    }

    // Multiplier^retry may be infinite, which the minimum cures; but zero times infinity is not a number.
    private static double Grown(RetryOptions options, int retry, double max) =>
        options.BaseDelay == TimeSpan.Zero ? 0 : Math.Min(max, options.BaseDelay.Ticks * Math.Pow(options.Multiplier, retry));

    private static TimeSpan Wished(RetryOptions options, double random, TimeSpan? retryAfter)
    {
        if (retryAfter is not { Ticks: > 0 } wish)
            return TimeSpan.Zero;

        var max = options.MaxRetryAfter ?? options.MaxDelay;
        var low = wish < max ? wish : max;
        var share = options.JitterMode switch
        {
            JitterMode.None => 0,
            JitterMode.Full => 1,
            _ => options.Jitter,
        };
        var high = Math.Min(max.Ticks, low.Ticks * (1 + share));
        return Ticks(low.Ticks + ((high - low.Ticks) * random), high);
    }

    // The sum of two rounded numbers can come out above the upper one by a rounding error: the minimum keeps the promise exact.
    private static TimeSpan Ticks(double ticks, double max) => TimeSpan.FromTicks((long)Math.Min(ticks, max));

    private static void ThrowIfNotUnit(double random)
    {
        if (random is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(random), random, "Give a number from 0, inclusive, to 1, exclusive.");
    }
}
