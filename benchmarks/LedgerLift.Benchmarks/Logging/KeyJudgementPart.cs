using LedgerLift.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>How many of the judged key names are judged the same by the rules, and by a list of substrings.</summary>
internal static class KeyJudgementPart
{
    private static readonly string[] s_substrings =
    [
        "passw",
        "email",
        "secret",
        "token",
        "_key",
        "crypt",
        "salt",
        "certificate",
        "otp",
        "ssn",
        "cvv",
        "cvc",
    ];

    public static async Task RunAsync(BenchmarkRun run)
    {
        var redactor = new PiiRedactor();
        await run.OnceAsync(
            "judged key names",
            () =>
            {
                Judge(run, "", key => redactor.IsSensitiveKey(key));
                Judge(
                    run,
                    "_substrings",
                    static key => Array.Exists(s_substrings, part => key.Contains(part, StringComparison.OrdinalIgnoreCase))
                );
                return Task.CompletedTask;
            }
        );
    }

    private static void Judge(BenchmarkRun run, string who, Func<string, bool> isSensitive)
    {
        var isOurs = who.Length == 0;
        var sensitive = JudgedLists.Read("sensitive-keys");
        var harmless = JudgedLists.Read("harmless-keys");
        run.Figure(
            $"logging.key_recall{who}",
            100d * sensitive.Count(isSensitive) / sensitive.Count,
            "%",
            isOurs ? Goal.AtLeast(98) : Goal.HigherIsBetter
        );
        run.Figure(
            $"logging.key_kept{who}",
            100d * harmless.Count(key => !isSensitive(key)) / harmless.Count,
            "%",
            isOurs ? Goal.AtLeast(98) : Goal.HigherIsBetter
        );
    }
}
