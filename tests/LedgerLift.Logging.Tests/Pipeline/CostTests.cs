using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

/// <summary>What events allocate beyond the logger inside; the times stand in the benchmarks.</summary>
public sealed class CostTests
{
    private readonly ILogger _logger = new RedactingLoggerFactory(new SilentFactory(LogLevel.Information)).CreateLogger("x");

    [Fact]
    public void A_disabled_level_allocates_nothing() => Allocation.IsZero(() => GeneratedMessages.Quiet(_logger, "ada@example.org"));

    [Fact]
    public void A_generated_message_without_values_allocates_nothing() => Allocation.IsZero(() => GeneratedMessages.Nothing(_logger));

    [Fact]
    public void A_generated_message_of_numbers_allocates_nothing() =>
        Allocation.IsZero(() => GeneratedMessages.Numbers(_logger, 1, 2, Guid.Empty));

    [Fact]
    public void A_generated_message_of_many_numbers_allocates_nothing() =>
        Allocation.IsZero(() => GeneratedMessages.ManyNumbers(_logger, 1, 2, 3, 4, e: true, Guid.Empty, TimeSpan.Zero));

    [Fact]
    public void A_generated_message_with_three_texts_allocates_nothing() =>
        Allocation.IsZero(() => GeneratedMessages.Texts(_logger, "GET", "/api/documents/17", "upload-client"));

    [Fact]
    public void A_hit_allocates_512_bytes_at_most() => Allocation.IsAtMost(512, () => GeneratedMessages.Login(_logger, "ada", "hunter2"));

    [Fact]
    public void The_context_of_a_request_allocates_nothing()
    {
        var logger = new RedactingLoggerFactory(new SilentFactory(LogLevel.Information), addContext: true).CreateLogger("x");
        using (RequestContext.SetRequestId("r-1"))
            Allocation.IsZero(() => GeneratedMessages.Numbers(logger, 1, 2, Guid.Empty));
    }

    private sealed class SilentFactory(LogLevel level) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new SilentLogger(level);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() { }
    }

    private sealed class SilentLogger(LogLevel level) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) { }
    }
}
