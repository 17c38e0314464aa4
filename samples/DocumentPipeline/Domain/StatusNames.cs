namespace DocumentPipeline;

/// <summary>The names of <see cref="DocumentStatus"/> in JSON, in the database and in the trail.</summary>
public static class StatusNames
{
    private static readonly (DocumentStatus Status, string Name)[] Names =
    [
        (DocumentStatus.Uploaded, "uploaded"),
        (DocumentStatus.Processing, "processing"),
        (DocumentStatus.Completed, "completed"),
        (DocumentStatus.Failed, "failed"),
        (DocumentStatus.Retrying, "retrying"),
    ];

    /// <summary>Every name, by commas, for a message.</summary>
    public static string All { get; } = string.Join(", ", Names.Select(pair => pair.Name));

    /// <summary>The name of a status.</summary>
    public static string Of(DocumentStatus status) => Names[(int)status].Name;

    /// <summary>The status of a name; lower case only.</summary>
    public static bool TryParse(string? name, out DocumentStatus status)
    {
        var index = Array.FindIndex(Names, pair => string.Equals(pair.Name, name, StringComparison.Ordinal));
        status = (DocumentStatus)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>The status of a name that was written by <see cref="Of"/>.</summary>
    public static DocumentStatus Parse(string name) =>
        TryParse(name, out var status) ? status : throw new FormatException($"Unknown document status: {name}.");
}
