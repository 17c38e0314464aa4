using System.Reflection;
using LedgerLift.Resilience;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What the failures of client and server are taken for. A failure that is called "not executed" is sent again, so it must be certain.</summary>
public sealed class RedisErrorsTests
{
    [Theory]
    [InlineData(ConnectionFailureType.UnableToResolvePhysicalConnection, FailureDisposition.NotExecuted)]
    [InlineData(ConnectionFailureType.UnableToConnect, FailureDisposition.NotExecuted)]
    [InlineData(ConnectionFailureType.AuthenticationFailure, FailureDisposition.NotExecuted)]
    [InlineData(ConnectionFailureType.SocketFailure, FailureDisposition.Ambiguous)]
    [InlineData(ConnectionFailureType.SocketClosed, FailureDisposition.Ambiguous)]
    [InlineData(ConnectionFailureType.InternalFailure, FailureDisposition.Ambiguous)]
    [InlineData(ConnectionFailureType.ConnectionDisposed, FailureDisposition.Ambiguous)]
    public void A_broken_connection_is_certain_only_when_there_was_none(ConnectionFailureType type, FailureDisposition expected)
    {
        var failure = Make<RedisConnectionException>(type, "text");

        Assert.Equal(expected, RedisErrors.Judge(failure));
        Assert.Equal(expected is FailureDisposition.NotExecuted, RedisErrors.IsNotExecuted(failure));
        Assert.Equal(TokenStoreErrorCodes.Unavailable, RedisErrors.CodeFor(failure));
        Assert.True(RedisErrors.MayHaveMoved(failure));
    }

    [Theory]
    [InlineData("ERR unknown command", FailureDisposition.Permanent, TokenStoreErrorCodes.UnsupportedServer)]
    [InlineData("NOPERM no", FailureDisposition.Permanent, TokenStoreErrorCodes.UnsupportedServer)]
    [InlineData("NOAUTH Authentication required.", FailureDisposition.Permanent, TokenStoreErrorCodes.UnsupportedServer)]
    [InlineData("WRONGTYPE Operation against a key", FailureDisposition.Permanent, TokenStoreErrorCodes.CorruptRecord)]
    [InlineData("OOM command not allowed", FailureDisposition.Throttled, TokenStoreErrorCodes.Unavailable)]
    [InlineData("BUSY Redis is busy running a script", FailureDisposition.Throttled, TokenStoreErrorCodes.Unavailable)]
    [InlineData("READONLY You can't write", FailureDisposition.NotExecuted, TokenStoreErrorCodes.Unavailable)]
    [InlineData("LOADING Redis is loading", FailureDisposition.NotExecuted, TokenStoreErrorCodes.Unavailable)]
    [InlineData("CLUSTERDOWN", FailureDisposition.NotExecuted, TokenStoreErrorCodes.Unavailable)]
    [InlineData("TRYAGAIN Multiple keys", FailureDisposition.NotExecuted, TokenStoreErrorCodes.Unavailable)]
    [InlineData("EXECABORT Transaction discarded", FailureDisposition.NotExecuted, TokenStoreErrorCodes.Unavailable)]
    public void A_refusal_is_an_answer(string text, FailureDisposition expected, string code)
    {
        var failure = Make<RedisServerException>(text);

        Assert.Equal(expected, RedisErrors.Judge(failure));
        Assert.True(RedisErrors.IsNotExecuted(failure));
        Assert.Equal(code, RedisErrors.CodeFor(failure));
        var told = TokenStoreFailure.Of(failure);
        Assert.Equal(code, told.Code);
        Assert.Equal(code is TokenStoreErrorCodes.Unavailable, told.IsTransient);
        Assert.Same(failure, told.InnerException);
    }

    [Theory]
    [InlineData("READONLY You can't write", true)]
    [InlineData("EXECABORT Transaction discarded", true)]
    [InlineData("MASTERDOWN Link with MASTER is down", true)]
    [InlineData("MOVED 1 127.0.0.1:1", true)]
    [InlineData("CLUSTERDOWN Hash slot not served", true)]
    [InlineData("LOADING Redis is loading", false)]
    [InlineData("OOM command not allowed", false)]
    [InlineData("ERR unknown command", false)]
    public void A_refusal_may_say_that_another_node_is_the_master(string text, bool expected) =>
        Assert.Equal(expected, RedisErrors.MayHaveMoved(Make<RedisServerException>(text)));

    [Fact]
    public void A_command_for_which_there_is_no_master_was_not_sent()
    {
        var failure = Make<RedisCommandException>("Command cannot be issued to a slave");

        Assert.Equal(FailureDisposition.NotExecuted, RedisErrors.Judge(failure));
        Assert.True(RedisErrors.MayHaveMoved(failure));
        Assert.True(RedisErrors.MayHaveMoved(new OperationCanceledException()));
        Assert.False(RedisErrors.MayHaveMoved(new TimeoutException()));
    }

    [Fact]
    public void What_is_not_known_may_have_happened()
    {
        Assert.Equal(FailureDisposition.Ambiguous, RedisErrors.Judge(new TimeoutException()));
        Assert.Equal(FailureDisposition.Ambiguous, RedisErrors.Judge(new IOException()));
        Assert.False(RedisErrors.IsNotExecuted(new TimeoutException()));
        Assert.Equal(FailureDisposition.Permanent, RedisErrors.Judge(new ObjectDisposedException("connection")));
    }

    [Fact]
    public void The_policy_hears_of_the_server_and_not_of_the_caller()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var classifier = RedisFailureClassifier.Instance;

        Assert.Equal(FailureDisposition.Ignore, classifier.Classify(new OperationCanceledException(), cancelled.Token));
        Assert.Equal(FailureDisposition.Ambiguous, classifier.Classify(new OperationCanceledException(), CancellationToken.None));
        Assert.Equal(FailureDisposition.Ignore, classifier.Classify(new ArgumentException("bad"), CancellationToken.None));
        Assert.Equal(FailureDisposition.Permanent, classifier.Classify(TokenStoreFailure.Duplicate(), CancellationToken.None));
        Assert.Equal(
            FailureDisposition.NotExecuted,
            classifier.Classify(Make<CircuitOpenException>("open", new InvalidOperationException()), CancellationToken.None)
        );
        Assert.Null(classifier.GetRetryAfter(new TimeoutException()));
    }

    // Their constructors are the client's own.
    private static T Make<T>(params object[] arguments)
        where T : Exception =>
        (T)
            Activator.CreateInstance(
                typeof(T),
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
                null,
                arguments,
                null
            )!;
}
