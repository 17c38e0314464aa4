using LedgerLift.Logging;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>What an event costs on top of the bare logger.</summary>
internal static class LoggingCostPart
{
    private const string Bare = "bare";
    private const string Ours = "ours";
    private const string Regex = "regex";

    public static async Task RunAsync(BenchmarkRun run)
    {
        using var bareFactory = LoggerFactory.Create(static builder => builder.AddProvider(new SilentProvider()));
        using var oursFactory = new RedactingLoggerFactory(
            LoggerFactory.Create(static builder => builder.AddProvider(new SilentProvider()))
        );
        var bare = bareFactory.CreateLogger("App");
        var ours = oursFactory.CreateLogger("App");
        var regex = new RegexRedactingLogger(bareFactory.CreateLogger("App"));

        var disabled = await CompareAsync(run, "Disabled level", static logger => LogCalls.Disabled(logger, "ada@example.org"));
        run.Figure("logging.disabled_overhead", disabled.Overhead(Ours, over: Bare).Median, "ns", Goal.AtMost(2));
        run.Figure("logging.disabled_bytes", disabled.ExtraBytes(Ours, over: Bare).Median, "B", Goal.AtMost(0));

        var numbers = await CompareAsync(run, "Three numbers, nothing sensitive", static logger => LogCalls.Numbers(logger, 17, 250, 1));
        run.Figure("logging.numbers_overhead", numbers.Overhead(Ours, over: Bare).Median, "ns", Goal.AtMost(40));
        run.Figure("logging.numbers_bytes", numbers.ExtraBytes(Ours, over: Bare).Median, "B", Goal.AtMost(0));
        run.Figure("logging.numbers_overhead_regex", numbers.Overhead(Regex, over: Bare).Median, "ns", Goal.LowerIsBetter);

        var texts = await CompareAsync(
            run,
            "Three texts, nothing sensitive",
            static logger => LogCalls.Texts(logger, "GET", "/api/documents/17", "upload-client")
        );
        run.Figure("logging.texts_overhead", texts.Overhead(Ours, over: Bare).Median, "ns", Goal.AtMost(110));
        run.Figure("logging.texts_bytes", texts.ExtraBytes(Ours, over: Bare).Median, "B", Goal.AtMost(0));
        run.Figure("logging.texts_overhead_regex", texts.Overhead(Regex, over: Bare).Median, "ns", Goal.LowerIsBetter);

        var key = await CompareAsync(run, "A hit by key", static logger => LogCalls.Key(logger, "ada", "hunter2", "the-front-door"));
        run.Figure("logging.key_hit_overhead", key.Overhead(Ours, over: Bare).Median, "ns", Goal.AtMost(1000));
        run.Figure("logging.key_hit_bytes", key.ExtraBytes(Ours, over: Bare).Median, "B", Goal.AtMost(512));
        run.Figure("logging.key_hit_overhead_regex", key.Overhead(Regex, over: Bare).Median, "ns", Goal.LowerIsBetter);

        var value = await CompareAsync(run, "A hit by value", static logger => LogCalls.Value(logger, "a/b.pdf", "ada@example.org", 12));
        run.Figure("logging.value_hit_overhead", value.Overhead(Ours, over: Bare).Median, "ns", Goal.AtMost(1000));
        run.Figure("logging.value_hit_bytes", value.ExtraBytes(Ours, over: Bare).Median, "B", Goal.AtMost(512));
        run.Figure("logging.value_hit_overhead_regex", value.Overhead(Regex, over: Bare).Median, "ns", Goal.LowerIsBetter);

        Task<Comparison> CompareAsync(BenchmarkRun to, string title, Action<ILogger> call) =>
            to.CompareAsync(
                title,
                Scenario.Call(Bare, Of(bare, call)),
                Scenario.Call(Ours, Of(ours, call)),
                Scenario.Call(Regex, Of(regex, call))
            );
    }

    private static Func<int> Of(ILogger logger, Action<ILogger> call) =>
        () =>
        {
            call(logger);
            return 0;
        };
}
