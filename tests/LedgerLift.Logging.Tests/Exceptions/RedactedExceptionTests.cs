using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class RedactedExceptionTests : IDisposable
{
    private readonly LogRecorder _recorder = new();

    public void Dispose() => _recorder.Dispose();

    private LogRecord Log(Exception exception)
    {
        new RedactingLoggerFactory(_recorder).CreateLogger("test").LogError(exception, "Failed {Count}", 1);
        return _recorder.Records[^1];
    }

    [Fact]
    public void An_exception_without_anything_to_hide_is_the_same_object()
    {
        var exception = Thrown(new InvalidOperationException("nothing here", new IOException("nor here")));

        Assert.Same(exception, Log(exception).Exception);
    }

    [Fact]
    public void The_text_is_redacted_type_and_stack_are_kept_and_the_callers_exception_is_untouched()
    {
        var exception = Thrown(new InvalidOperationException("password=hunter2"));
        var before = exception.ToString();

        var record = Log(exception);

        var expected = before.Replace("hunter2", "[REDACTED]", StringComparison.Ordinal);
        Assert.Equal(expected, record.Exception!.ToString());
        Assert.Equal("password=[REDACTED]", record.Exception.Message);
        Assert.Equal(exception.StackTrace, record.Exception.StackTrace);
        Assert.Equal(exception.HResult, record.Exception.HResult);
        Assert.Equal("System.InvalidOperationException", record["exception.type"]);
        Assert.Equal("Failed {Count}", record.State[^1].Value);
        Assert.Equal("Failed 1", record.Message);
        Assert.Equal(before, exception.ToString());
    }

    [Fact]
    public void Inner_exceptions_print_as_the_framework_prints_them()
    {
        var exception = Thrown(
            new InvalidOperationException("outer", Thrown(new IOException("token=hunter2", Thrown(new TimeoutException("innermost")))))
        );

        Assert.Equal(exception.ToString().Replace("hunter2", "[REDACTED]", StringComparison.Ordinal), Log(exception).Exception!.ToString());
    }

    [Fact]
    public void Aggregates_print_all_their_exceptions()
    {
        var exception = Thrown(new AggregateException("several", Thrown(new IOException("one")), Thrown(new IOException("pwd=hunter2"))));

        var text = Log(exception).Exception!.ToString();

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("System.AggregateException: several (one) (pwd=[REDACTED]", text, StringComparison.Ordinal);
        Assert.Contains("(Inner Exception #1) System.IO.IOException: pwd=[REDACTED]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_is_redacted()
    {
        var exception = new InvalidOperationException("x") { Data = { ["password"] = "hunter2", ["n"] = 1 } };

        var shown = Log(exception).Exception!;

        Assert.Equal("[REDACTED]", shown.Data["password"]);
        Assert.Equal(1, shown.Data["n"]);
        Assert.Equal("hunter2", exception.Data["password"]);
    }

    [Fact]
    public void A_type_that_prints_more_than_its_message_is_searched()
    {
        var record = Log(new DetailedException("x"));

        Assert.DoesNotContain("hunter2", record.AllText(), StringComparison.Ordinal);
        Assert.Equal(typeof(DetailedException).ToString(), record["exception.type"]);
    }

    [Fact]
    public void Exceptions_that_throw_when_they_are_read_are_no_exception()
    {
        var record = Log(new BrokenException());

        Assert.Contains("UNREADABLE", record.Exception!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", record.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_ten_thousand_is_cut()
    {
        Exception exception = new InvalidOperationException("password=hunter2");
        for (var i = 0; i < 10_000; i++)
            exception = new InvalidOperationException($"level {i}", exception);

        Assert.DoesNotContain("hunter2", Log(exception).Exception!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_named_after_a_secret_in_the_stack_hides_nothing()
    {
        var exception = Thrown(new InvalidOperationException("in /src/Auth/Token.cs:line 17"));

        Assert.Same(exception, Log(exception).Exception);
    }

    private static T Thrown<T>(T exception)
        where T : Exception
    {
        try
        {
            throw exception;
        }
        catch (T caught)
        {
            return caught;
        }
    }

#pragma warning disable CA1032, RCS1194, S3871 // Exceptions of a test need no constructors but the one they are made with.
    private sealed class DetailedException(string message) : Exception(message)
    {
        public override string ToString() => $"{base.ToString()} response: token=hunter2";
    }

    private sealed class BrokenException : Exception
    {
        public override string Message => throw new InvalidOperationException("hunter2");

        public override string ToString() => throw new InvalidOperationException("hunter2");
    }
}
