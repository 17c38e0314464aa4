namespace UploadHost.Tests;

/// <summary>The same with short pauses between tries at the store: its tests wait for the circuit to open, not for the pauses.</summary>
public sealed class QuickFaultHost : FaultHost
{
    protected override void Change(IDictionary<string, string> settings) => settings["S3_RETRY_BASE_DELAY"] = "0.05";
}
