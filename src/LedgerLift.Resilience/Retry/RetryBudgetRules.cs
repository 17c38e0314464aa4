using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>
/// The arithmetic of a retry budget: pure functions from one 64-bit state to the next. The upper 34 bits of a state hold the time up to which the reserve
/// has been credited, in steps of 20 ms since the budget was made (good for 10 years); the lower 30 bits hold the balance, in ten-thousandths of a retry.
/// </summary>
/// <remarks>
/// Whole numbers everywhere, so five deposits of 0.2 are exactly one retry. Every conversion rounds down, so a rounded option never grants more than was
/// asked for. One second of reserve is a whole number of units in each step: nothing is lost to the steps, and nothing drifts.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct RetryBudgetRules
{
    /// <summary>The most retries a budget can hold: what fits the lower bits.</summary>
    internal const int LargestCapacity = 100_000;

    /// <summary>Steps of the reserve's time in a second.</summary>
    internal const int StepsPerSecond = 50;

    /// <summary>What a budget without a time reserve can hold: the store of the AWS SDKs' standard retry quota.</summary>
    internal const int CapacityWithoutReserve = 100;

    private const int UnitsPerRetry = 10_000;
    private const int BalanceBits = 30;
    private const long BalanceMask = (1L << BalanceBits) - 1;
    private const long LastStep = (1L << (64 - BalanceBits)) - 1;

    private readonly long _capacity;
    private readonly long _perRequest;
    private readonly long _perStep;

    internal RetryBudgetRules(RetryBudgetOptions options)
    {
        // A decimal made from a double is the number that was written: 0.29 has no 0.28999… in it to be rounded down to 0.2899.
        _perRequest = (long)((decimal)options.Ratio * UnitsPerRetry);
        _perStep = (long)options.MinRetriesPerSecond * UnitsPerRetry / StepsPerSecond;
        InitialState = (long)((decimal)options.MinRetriesPerSecond * UnitsPerRetry * options.Window.Ticks / TimeSpan.TicksPerSecond);
        _capacity = InitialState == 0 ? CapacityWithoutReserve * UnitsPerRetry : InitialState;
    }

    /// <summary>The state of a new budget: at time zero, with a full reserve.</summary>
    internal long InitialState { get; }

    /// <summary>The state after one more request. The same state: the budget is full.</summary>
    internal long Deposit(long state) => state + Math.Min(_perRequest, _capacity - (state & BalanceMask));

    /// <summary>The state after a retry at <paramref name="step"/>, the reserve credited first; <see langword="false"/> when less than a whole retry is there.</summary>
    internal bool TryWithdraw(long state, long step, out long next)
    {
        var credited = Math.Max(CreditedStep(state), Math.Min(step, LastStep));
        var units = Units(state, step);
        next = (credited << BalanceBits) | (units - UnitsPerRetry);
        return units >= UnitsPerRetry;
    }

    /// <summary>The balance at <paramref name="step"/>, in retries.</summary>
    internal double Balance(long state, long step) => (double)Units(state, step) / UnitsPerRetry;

    private static long CreditedStep(long state) => (long)((ulong)state >> BalanceBits);

    private long Units(long state, long step)
    {
        var uncredited = Math.Max(0, Math.Min(step, LastStep) - CreditedStep(state));
        return Math.Min(_capacity, (state & BalanceMask) + (uncredited * _perStep));
    }
}
