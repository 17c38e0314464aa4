namespace DocumentPipeline;

/// <summary>Reads <c>KEY='value'</c> lines, as <c>eng/services up</c> writes them.</summary>
public static class EnvironmentFile
{
    /// <exception cref="SettingsException">There is no such file.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
            throw new SettingsException(
                $"--real found no settings at {path}; run eng/services up first, or give the path of a file with settings."
            );
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var split = line.IndexOf('=', StringComparison.Ordinal);
            if (split > 0 && line[0] != '#')
                values[line[..split].Trim()] = line[(split + 1)..].Trim().Trim('\'', '"');
        }

        return values;
    }
}
