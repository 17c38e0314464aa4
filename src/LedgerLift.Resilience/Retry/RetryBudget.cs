namespace LedgerLift.Resilience;

/// <summary>
/// Bounds the extra load that retries put on a dependency. Every request adds <see cref="RetryBudgetOptions.Ratio"/> of a retry, passing time adds
/// <see cref="RetryBudgetOptions.MinRetriesPerSecond"/>, and every retry takes one. Share one budget among all that call the same dependency.
/// </summary>
/// <remarks>
/// <para>
/// The promise, for every span of time t and any number of threads: retries ≤ capacity + Ratio · requests + MinRetriesPerSecond · t, where the capacity is
/// MinRetriesPerSecond · Window (100 with the defaults). A dependency that stays down sees 1 + Ratio times the requests and the reserve, not 1 + MaxRetries
/// times.
/// </para>
/// <para>
/// Thread-safe and lock-free, exact under any interleaving. While the budget is full, <see cref="RecordRequest"/> reads one word and writes nothing; it never
/// reads the clock. Time is the monotonic clock of the <see cref="TimeProvider"/>, in steps of 20 ms: a step of the wall clock changes nothing.
/// </para>
/// </remarks>
public sealed class RetryBudget
{
    private static readonly RetryBudgetOptionsValidator Validator = new();

    private readonly RetryBudgetRules _rules;
    private readonly RetryBudgetClock _clock;
    private RetryBudgetCell<NoSchedulePoints> _cell;

    /// <summary>Creates a budget that holds <see cref="RetryBudgetOptions.MinRetriesPerSecond"/> × <see cref="RetryBudgetOptions.Window"/> retries.</summary>
    /// <param name="options">The settings, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    public RetryBudget(RetryBudgetOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new RetryBudgetOptions();
        OptionsGuard.ThrowIfInvalid(Validator, options, nameof(options));
        _rules = new RetryBudgetRules(options);
        _clock = new RetryBudgetClock(timeProvider ?? TimeProvider.System);
        _cell = new RetryBudgetCell<NoSchedulePoints>(_rules.InitialState);
    }

    /// <summary>The retries that could be taken now, fractions included. Reading it changes nothing.</summary>
    public double Balance => _cell.Balance(_rules, _clock);

    /// <summary>Counts a request: call it once for each operation, before its first try; not for retries.</summary>
    public void RecordRequest() => _cell.Deposit(_rules);

    /// <summary>Asks for one retry.</summary>
    /// <returns><see langword="true"/> when the retry may be made, and its cost is taken; <see langword="false"/> when less than one is left, and nothing is taken.</returns>
    public bool TryWithdraw() => _cell.TryWithdraw(_rules, _clock);
}
