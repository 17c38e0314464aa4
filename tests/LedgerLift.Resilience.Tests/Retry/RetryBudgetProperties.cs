using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryBudgetProperties
{
    private const int Runs = 1000;

    [Fact]
    public void Does_what_the_naive_budget_does()
    {
        var (commands, granted, refused) = (0, 0, 0);
        Prop.ForAll(
                BudgetRun.Any,
                run =>
                {
                    var (clock, naive) = (new ManualTimeProvider(), NaiveBudget.Of(run.Options));
                    var budget = new RetryBudget(run.Options, clock);
                    foreach (var command in run.Commands)
                    {
                        commands++;
                        if (command == BudgetRun.Retry)
                        {
                            var withdrawn = naive.Withdrawn();
                            naive = withdrawn.Budget;
                            _ = withdrawn.Granted ? granted++ : refused++;
                            Assert.Equal(withdrawn.Granted, budget.TryWithdraw());
                        }
                        else
                        {
                            naive = Step(naive, budget, clock, command);
                        }

                        Assert.Equal((double)naive.Retries, budget.Balance, 9);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

        Assert.True(commands >= 100_000, $"{commands} commands");
        Assert.True(granted > 10_000 && refused > 10_000, $"{granted} granted, {refused} refused");
    }

    [Fact]
    public void Over_every_span_of_time_retries_keep_the_promise()
    {
        Prop.ForAll(
                BudgetRun.Any,
                run =>
                {
                    var clock = new ManualTimeProvider();
                    var budget = new RetryBudget(run.Options, clock);
                    var capacity = (double)NaiveBudget.Of(run.Options).Capacity;
                    // retries − Ratio · requests − rate · t may rise by no more than the capacity over any span: the rise from its lowest point so far.
                    var (excess, lowest, seconds) = (0.0, 0.0, 0.0);
                    foreach (var command in run.Commands)
                    {
                        switch (command)
                        {
                            case BudgetRun.Retry:
                                excess += budget.TryWithdraw() ? 1 : 0;
                                break;
                            case BudgetRun.Request:
                                budget.RecordRequest();
                                excess -= run.Options.Ratio;
                                break;
                            default:
                                clock.Advance(TimeSpan.FromMilliseconds(command));
                                seconds = command / 1000.0;
                                excess -= run.Options.MinRetriesPerSecond * seconds;
                                break;
                        }

                        lowest = Math.Min(lowest, excess);
                        // A step of 20 ms that had begun before the span may end in it.
                        Assert.True(excess - lowest <= capacity + (run.Options.MinRetriesPerSecond * 0.02) + 1e-6);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static NaiveBudget Step(NaiveBudget naive, RetryBudget budget, ManualTimeProvider clock, int command)
    {
        if (command == BudgetRun.Request)
        {
            budget.RecordRequest();
            return naive.Requested();
        }

        var by = TimeSpan.FromMilliseconds(command);
        clock.Advance(by);
        return naive.At(naive.Time + by);
    }
}
