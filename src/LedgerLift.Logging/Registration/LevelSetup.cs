using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Makes the level of <see cref="LedgerLiftLoggingOptions"/> the host's default level; rules for single categories and providers stay.</summary>
internal sealed class LevelSetup(IOptionsMonitor<LedgerLiftLoggingOptions> options) : IPostConfigureOptions<LoggerFilterOptions>
{
    public void PostConfigure(string? name, LoggerFilterOptions filters)
    {
        if (!LogLevelName.TryParse(options.CurrentValue.Level, out var level))
            return;

        filters.MinLevel = level;
        for (var i = filters.Rules.Count - 1; i >= 0; i--)
        {
            if (filters.Rules[i] is { ProviderName: null, CategoryName: null, Filter: null })
                filters.Rules.RemoveAt(i);
        }
    }
}
