namespace LedgerLift.Testing;

/// <summary>One measurement seen by a <see cref="MetricRecorder"/>.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Unit">The instrument's unit, or null.</param>
/// <param name="Value">The value, whatever its numeric type, as a double.</param>
/// <param name="Tags">The tags given with it.</param>
public sealed record MetricMeasurement(string Instrument, string? Unit, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    /// <summary>Whether every one of <paramref name="tags"/> is there with an equal value.</summary>
    public bool Has(params ReadOnlySpan<(string Key, object? Value)> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (!Tags.TryGetValue(key, out var own) || !Equals(own, value))
                return false;
        }

        return true;
    }
}
