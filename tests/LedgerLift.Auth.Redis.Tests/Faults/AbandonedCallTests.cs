using System.Runtime.CompilerServices;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Failures that nobody looked at are reported for the whole process, so nothing else runs meanwhile.</summary>
[Collection(nameof(ServerKillers))]
public sealed class AbandonedCallTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_late_failure_of_a_call_that_was_given_up_is_not_left_unobserved(bool ofCheck)
    {
        var unobserved = new List<Exception>();
        TaskScheduler.UnobservedTaskException += Hear;
        try
        {
            Abandon(ofCheck);
#pragma warning disable S1215 // Only what is collected is reported.
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
#pragma warning restore S1215

            Assert.DoesNotContain(unobserved, failure => failure is InvalidTimeZoneException);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Hear;
        }

        void Hear(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            lock (unobserved)
                unobserved.AddRange(args.Exception.InnerExceptions);
        }
    }

    // Nothing of it is left on the stack when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(bool ofCheck)
    {
        var call = new TaskCompletionSource<double?>();
        var ended = new CancellationToken(canceled: true);
        var check = new ActiveCheck(new RedisTokenStore(CountingMultiplexer.Make().Connection), "jti-1", "user-1");
        Assert.True(
            ofCheck ? LiveAnswer.WaitAsync(check, call.Task, ended).AsTask().IsCanceled : call.Task.WithinAsync(ended).AsTask().IsCanceled
        );

        // A kind of failure that no other test has.
        call.SetException(new InvalidTimeZoneException());
    }
}
