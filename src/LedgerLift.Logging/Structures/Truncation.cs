using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>What is written for items that were left out.</summary>
internal static class Truncation
{
    /// <summary>The name under which an object says that some of its members were left out.</summary>
    public const string Name = "[TRUNCATED]";

    /// <summary>The note for so many items.</summary>
    public static string Items(int count) => string.Create(CultureInfo.InvariantCulture, $"[TRUNCATED:{count} items]");
}
