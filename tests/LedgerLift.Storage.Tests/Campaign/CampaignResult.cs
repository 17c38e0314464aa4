using System.Globalization;

namespace LedgerLift.Storage.Tests;

/// <summary>How a campaign went.</summary>
internal sealed record CampaignResult(
    string Uploader,
    int Uploads,
    int Failed,
    int FalseFailures,
    int Lost,
    int Corrupt,
    int Orphans,
    long Bytes,
    long SentBytes,
    long Requests,
    int Faults,
    TimeSpan Duration
)
{
    public static string Header =>
        """
            | Uploader | uploads | failed | of these really there | lost | corrupt | orphans | MB | MB sent | requests | faults met | seconds |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    public string ToRow() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Uploader} | {Uploads} | {Failed} | {FalseFailures} | {Lost} | {Corrupt} | {Orphans} | {Bytes / 1e6:0} | {SentBytes / 1e6:0} | {Requests} | {Faults} | {Duration.TotalSeconds:0} |"
        );
}
