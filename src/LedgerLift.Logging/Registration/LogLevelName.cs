using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>Reads a level by its name. Numbers are no names.</summary>
internal static class LogLevelName
{
    /// <summary>What a name may be.</summary>
    public const string Expected = "Trace, Debug, Information, Warning, Error, Critical or None";

    /// <summary>Reads a name in any case.</summary>
    public static bool TryParse(string? name, out LogLevel level)
    {
        if (name is "" or null || !char.IsAsciiLetter(name[0]))
        {
            level = default;
            return false;
        }

        LogLevel? other =
            Is(name, "info") ? LogLevel.Information
            : Is(name, "warn") ? LogLevel.Warning
            : Is(name, "fatal") ? LogLevel.Critical
            : null;
        level = other ?? default;
        return other is not null
            || (Enum.TryParse(name, ignoreCase: true, out level) && Enum.IsDefined(level) && !name.Contains(',', StringComparison.Ordinal));
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
