namespace LedgerLift.Logging.Tests;

/// <summary>A value for a log call and the piece of it that no provider may show.</summary>
internal sealed record Planted(object? Value, string Secret);
