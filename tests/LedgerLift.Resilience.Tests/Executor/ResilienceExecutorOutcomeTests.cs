namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceExecutorOutcomeTests
{
    [Fact]
    public async Task Bad_results_are_retried_and_each_is_disposed_once_before_the_wait()
    {
        var fixture = new ExecutorFixture();
        var answers = new List<Answer>();

        var result = await RunAsync(fixture, answers, good: 3);

        Assert.Same(answers[2], result);
        Assert.Equal([1, 1, 0], answers.Select(answer => answer.Disposals));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], fixture.Waits);
    }

    [Fact]
    public async Task The_last_bad_result_is_returned_and_not_disposed()
    {
        var fixture = new ExecutorFixture(options => options.Retry.MaxRetries = 1);
        var answers = new List<Answer>();

        var result = await RunAsync(fixture, answers, good: 99);

        Assert.Same(answers[1], result);
        Assert.Equal([1, 0], answers.Select(answer => answer.Disposals));
        Assert.Equal(2, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task A_result_that_cannot_be_disposed_does_not_end_the_call()
    {
        var fixture = new ExecutorFixture();
        var answers = new List<Answer>();

        var result = await RunAsync(fixture, answers, good: 2, throwing: true);

        Assert.Same(answers[1], result);
        Assert.Equal(1, answers[0].Disposals);
    }

    [Fact]
    public async Task A_bad_result_of_a_non_idempotent_operation_is_returned_when_it_is_ambiguous()
    {
        var fixture = new ExecutorFixture();
        var answers = new List<Answer>();

        var result = await RunAsync(fixture, answers, good: 2, safety: OperationSafety.NonIdempotent);

        Assert.Same(Assert.Single(answers), result);
        Assert.Equal(0, result.Disposals);
    }

    [Fact]
    public async Task A_classifier_of_results_that_throws_makes_the_result_a_good_one()
    {
        var fixture = new ExecutorFixture();

        var result = await fixture.FinishAsync(
            fixture.Executor.ExecuteAsync(
                OperationSafety.Idempotent,
                7,
                static (state, _) => new ValueTask<int>(state),
                TestContext.Current.CancellationToken,
                new ThrowingOutcomes()
            )
        );

        Assert.Equal(7, result);
        Assert.Empty(fixture.Waits);
    }

    private static async Task<Answer> RunAsync(
        ExecutorFixture fixture,
        List<Answer> answers,
        int good,
        bool throwing = false,
        OperationSafety safety = OperationSafety.Idempotent
    ) =>
        await fixture.FinishAsync(
            fixture.Executor.ExecuteAsync(
                safety,
                answers,
                (made, _) =>
                {
                    made.Add(new Answer(throwing));
                    return new ValueTask<Answer>(made[^1]);
                },
                TestContext.Current.CancellationToken,
                new GoodFrom(answers, good)
            )
        );

    private sealed class Answer(bool throwing) : IAsyncDisposable, IDisposable
    {
        internal int Disposals { get; private set; }

        public void Dispose() => throw new InvalidOperationException("the asynchronous way is there");

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return throwing ? throw new InvalidOperationException("cannot be disposed") : ValueTask.CompletedTask;
        }
    }

    private sealed class GoodFrom(List<Answer> answers, int number) : IOutcomeClassifier<Answer>
    {
        public FailureDisposition? Classify(Answer result) => answers.Count >= number ? null : FailureDisposition.Ambiguous;
    }

    private sealed class ThrowingOutcomes : IOutcomeClassifier<int>
    {
        public FailureDisposition? Classify(int result) => throw new InvalidOperationException("a bug");
    }
}
