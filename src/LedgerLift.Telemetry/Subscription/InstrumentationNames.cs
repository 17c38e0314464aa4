namespace LedgerLift.Telemetry;

/// <summary>What a host listens to.</summary>
internal static class InstrumentationNames
{
    // Requests are the framework's own spans, which LedgerLift.AspNetCore completes.
    public static readonly string[] Sources = ["LedgerLift.*", "Microsoft.AspNetCore"];

    public static readonly string[] Meters = ["LedgerLift.*", "Microsoft.AspNetCore.Hosting"];
}
