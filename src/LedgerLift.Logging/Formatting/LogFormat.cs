namespace LedgerLift.Logging;

/// <summary>The names of the formats.</summary>
internal static class LogFormat
{
    /// <summary>One JSON object a line.</summary>
    public const string Json = "json";

    /// <summary>Lines for people.</summary>
    public const string Console = "console";

    /// <summary>Whether it is one of them, in any case.</summary>
    public static bool IsKnown(string? name) => Is(name, Json) || Is(name, Console);

    /// <summary>Whether it is this one, in any case.</summary>
    public static bool Is(string? name, string format) => string.Equals(name, format, StringComparison.OrdinalIgnoreCase);
}
