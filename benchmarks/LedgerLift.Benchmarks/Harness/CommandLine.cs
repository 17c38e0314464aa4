using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Benchmarks;

/// <summary>The words behind <c>benchmarks/run</c>.</summary>
internal sealed record CommandLine(BenchmarkMode Mode, IReadOnlySet<string> Groups, string ResultsFolder, string PicturesFolder)
{
    private const string ResultsPrefix = "--results=";

    /// <summary>Reads the arguments; a fault says what was not understood and what would be.</summary>
    public static bool TryParse(
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> knownGroups,
        [NotNullWhen(true)] out CommandLine? commandLine,
        [NotNullWhen(false)] out string? fault
    )
    {
        var modes = arguments.Where(argument => argument is "--dry" or "--quick").Distinct(StringComparer.Ordinal).ToArray();
        var results = arguments.Where(IsResults).Select(argument => argument[ResultsPrefix.Length..]).LastOrDefault();
        var groups = arguments.Where(argument => !IsResults(argument) && argument is not ("--dry" or "--quick")).ToArray();
        var unknown = groups.Except(knownGroups, StringComparer.Ordinal).ToArray();
        fault =
            unknown.Length > 0 ? $"benchmarks/run: not understood: {string.Join(' ', unknown)}"
            : modes.Length > 1 ? "benchmarks/run: --dry and --quick exclude each other"
            : null;
        if (fault is not null)
        {
            fault += $"{Environment.NewLine}usage: benchmarks/run [--dry|--quick] [--results=FOLDER] [{string.Join('|', knownGroups)}]…";
            commandLine = null;
            return false;
        }

        var mode =
            modes is ["--dry"] ? BenchmarkMode.Dry
            : modes is ["--quick"] ? BenchmarkMode.Quick
            : BenchmarkMode.Full;
        var chosen = groups.Length > 0 ? groups : knownGroups;
        commandLine = new CommandLine(
            mode,
            chosen.ToHashSet(StringComparer.Ordinal),
            results ?? Path.Combine("benchmarks", "results"),
            results ?? Path.Combine("docs", "images")
        );
        return true;
    }

    private static bool IsResults(string argument) => argument.StartsWith(ResultsPrefix, StringComparison.Ordinal);
}
