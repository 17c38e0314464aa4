namespace LedgerLift.Benchmarks;

/// <summary>One way to upload once.</summary>
/// <param name="Name">As reported.</param>
/// <param name="Upload">Uploads; the number tells one upload from another.</param>
internal sealed record TransferScenario(string Name, Func<int, Task> Upload);
