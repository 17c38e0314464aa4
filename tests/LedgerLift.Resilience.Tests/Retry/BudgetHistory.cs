using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>One run of scripts on a fresh budget cell, and the question whether the naive budget explains it.</summary>
internal sealed class BudgetHistory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _clock = new();
    private readonly History<NaiveBudget> _history = new();
    private readonly NaiveBudget _start;
    private readonly RetryBudgetRules _rules;
    private readonly RetryBudgetClock _budgetClock;
    private RetryBudgetCell<CrewSchedulePoints> _cell;

    internal BudgetHistory(RetryBudgetOptions options, int withdrawn)
    {
        _rules = new RetryBudgetRules(options);
        _budgetClock = new RetryBudgetClock(_clock);
        _cell = new RetryBudgetCell<CrewSchedulePoints>(_rules.InitialState);
        _start = NaiveBudget.Of(options);
        for (var i = 0; i < withdrawn; i++)
        {
            Assert.True(_cell.TryWithdraw(_rules, _budgetClock));
            _start = _start.Withdrawn().Budget;
        }
    }

    internal void Run(InterleavingCrew crew, InterleavingPlan plan, string[][] scripts)
    {
        crew.Run(plan, [.. scripts.Select(script => (Action)(() => Array.ForEach(script, Make)))]);
        // What is left at the end belongs to the history: a lost update must not hide because nobody asked.
        _history.Make("balance", () => _cell.Balance(_rules, _budgetClock), state => (state, (double)state.Retries));
        if (!_history.IsExplainedFrom(_start))
            Assert.Fail($"No order of these calls explains their answers from {_start}: {_history}. Choices: {plan.Path}");
    }

    private void Make(string call)
    {
        switch (call)
        {
            case "request":
                _history.Make(call, Request, state => (state.Requested(), 0));
                break;
            case "retry":
                _history.Make(call, () => _cell.TryWithdraw(_rules, _budgetClock), state => state.Withdrawn());
                break;
            default:
                _history.Make(call, Wait, state => (state.At(state.Time + Pause), 0));
                break;
        }
    }

    private int Request()
    {
        _cell.Deposit(_rules);
        return 0;
    }

    private int Wait()
    {
        _clock.Advance(Pause);
        return 0;
    }
}
