namespace LedgerLift.Benchmarks;

/// <summary>What redaction costs a log event, and how well it judges key names and real text.</summary>
internal sealed class LoggingGroup : IBenchmarkGroup
{
    public string Name => "logging";

    public string Notes =>
        """
            Needs no server. Every event goes through `LoggerFactory` to a provider that reads nothing: "bare" without anything in front, "ours" with
            `RedactingLoggerFactory`, "regex" with a wrapper that formats the message and runs five compiled regular expressions over it (e-mail, card, bearer,
            JWT, password=), as such wrappers usually do; it sees neither keys nor state nor scopes. Costs are what comes on top of "bare" in the same round.

            Recall and precision of key names are taken on the judged lists of the tests, none of whose entries equals a rule; "substrings" is a filter as
            Rails generates it (`passw email secret token _key crypt salt certificate otp ssn cvv cvc`) on the same lists. The precision of the value detectors is
            taken on the XML documentation of the SDK and of the restored packages; each distinct hit was read and judged, and a hit that was not counts
            as wrong.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        await LoggingCostPart.RunAsync(run);
        await TemplatePart.RunAsync(run);
        await KeyJudgementPart.RunAsync(run);
        await TextPrecisionPart.RunAsync(run);
    }
}
