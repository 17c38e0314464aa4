using Microsoft.Extensions.Configuration;

namespace DocumentPipeline;

/// <summary>Where the programs of the pipeline read their settings: <c>LedgerLift__Section__Option</c> over the documents' names over appsettings.</summary>
public static class PipelineConfiguration
{
    /// <summary>Adds the names, then the environment and the command line above them.</summary>
    /// <param name="configuration">What is there: appsettings.</param>
    /// <param name="args">The command line; <c>--real [FILE]</c> reads a file with settings below the environment.</param>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static void AddPipelineSettings(this IConfigurationBuilder configuration, string[] args)
    {
        var file = RealFile(args) is { } path ? EnvironmentFile.Read(path) : new Dictionary<string, string>(StringComparer.Ordinal);
        configuration.AddInMemoryCollection(
            NamedSettings.Read(name => Environment.GetEnvironmentVariable(name) ?? file.GetValueOrDefault(name))
        );
        configuration.AddInMemoryCollection(
            file.Where(pair => pair.Key.StartsWith("LedgerLift__", StringComparison.OrdinalIgnoreCase))
                .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))
        );
        configuration.AddEnvironmentVariables();
    }

    // Without a path: the file that eng/services up writes.
    private static string? RealFile(string[] args)
    {
        var index = Array.IndexOf(args, "--real");
        if (index < 0)
            return null;
        return index + 1 < args.Length && !args[index + 1].StartsWith('-') ? args[index + 1] : Path.Combine("artifacts", "services", "env");
    }
}
