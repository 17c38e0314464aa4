namespace LedgerLift.Resilience;

/// <summary>
/// The one word that all threads share, and the loops that change it. Invariant: the word changes only from a state to its successor under
/// <see cref="RetryBudgetRules"/>, by a compare-and-swap; so each deposit and each granted withdrawal takes effect at the instant of its swap, and there is
/// no second word that could disagree.
/// </summary>
/// <remarks>
/// <para>
/// A word that went away and came back (ABA) is harmless: it is the whole state, credited time included, so what held for it when it was read holds again.
/// </para>
/// <para>
/// The clock is read after the word. The time in the word was read before it was written, so the clock can only be at that time or later, and credited time
/// never runs back. A refusal takes effect when the word was read: the later clock reading could only have shown more, and it was not enough.
/// </para>
/// </remarks>
internal struct RetryBudgetCell<TSchedule>(long initialState)
    where TSchedule : struct, ISchedulePoints
{
    internal const int DepositRead = 1;
    internal const int DepositSwap = 2;
    internal const int WithdrawRead = 3;
    internal const int WithdrawClock = 4;
    internal const int WithdrawSwap = 5;

    private long _state = initialState;

    internal readonly double Balance(in RetryBudgetRules rules, in RetryBudgetClock clock)
    {
        var state = Volatile.Read(in _state);
        return rules.Balance(state, clock.Step());
    }

    internal void Deposit(in RetryBudgetRules rules)
    {
        while (true)
        {
            TSchedule.Yield(DepositRead);
            var state = Volatile.Read(ref _state);
            var next = rules.Deposit(state);
            // Full: most requests end here, having read one word and written none.
            if (next == state)
                return;
            TSchedule.Yield(DepositSwap);
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
                return;
        }
    }

    internal bool TryWithdraw(in RetryBudgetRules rules, in RetryBudgetClock clock)
    {
        while (true)
        {
            TSchedule.Yield(WithdrawRead);
            var state = Volatile.Read(ref _state);
            TSchedule.Yield(WithdrawClock);
            if (!rules.TryWithdraw(state, clock.Step(), out var next))
                return false;
            TSchedule.Yield(WithdrawSwap);
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
                return true;
        }
    }
}
