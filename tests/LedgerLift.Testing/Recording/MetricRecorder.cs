using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace LedgerLift.Testing;

/// <summary>
/// Listens to one meter from construction to disposal. A meter is shared by all tests of a process: give a tag that only this test's object
/// carries (its name, say) and measurements of tests running beside it stay out. Thread-safe.
/// </summary>
public sealed class MetricRecorder : IDisposable
{
    private readonly ConcurrentQueue<MetricMeasurement> _measurements = new();
    private readonly ConcurrentDictionary<Instrument, byte> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly (string Key, object? Value)[] _onlyWithTags;

    /// <summary>Starts to listen.</summary>
    /// <param name="meterName">The meter's name, exact.</param>
    /// <param name="instrument">Only this instrument; null: all of the meter.</param>
    /// <param name="onlyWithTags">Keep only measurements that carry all of these.</param>
    public MetricRecorder(string meterName, string? instrument = null, params (string Key, object? Value)[] onlyWithTags)
    {
        ArgumentNullException.ThrowIfNull(meterName);
        _onlyWithTags = onlyWithTags;
        _listener.InstrumentPublished = (published, listener) =>
        {
            var wanted = Same(published.Meter.Name, meterName) && (instrument is null || Same(published.Name, instrument));
            if (wanted && _instruments.TryAdd(published, 0))
                listener.EnableMeasurementEvents(published);
        };
        Hear<byte>();
        Hear<short>();
        Hear<int>();
        Hear<long>();
        Hear<float>();
        Hear<double>();
        Hear<decimal>();
        _listener.Start();
    }

    /// <summary>Everything measured so far, in order of arrival.</summary>
    public IReadOnlyList<MetricMeasurement> Measurements => [.. _measurements];

    /// <summary>The instruments heard, measured or not.</summary>
    public IReadOnlyCollection<Instrument> Instruments => [.. _instruments.Keys];

    /// <summary>Asks the observable instruments for their values now.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    /// <summary>The values of one instrument whose tags include <paramref name="tags"/>, in order.</summary>
    public IReadOnlyList<double> Values(string instrument, params ReadOnlySpan<(string Key, object? Value)> tags)
    {
        var values = new List<double>();
        foreach (var measurement in _measurements)
        {
            if (Same(measurement.Instrument, instrument) && measurement.Has(tags))
                values.Add(measurement.Value);
        }

        return values;
    }

    /// <summary>The sum of <see cref="Values"/>: what a counter or up-down counter stands at. 0 when there is none.</summary>
    public double Sum(string instrument, params ReadOnlySpan<(string Key, object? Value)> tags) => Values(instrument, tags).Sum();

    /// <summary>The last of <see cref="Values"/>; null when there is none.</summary>
    public double? Last(string instrument, params ReadOnlySpan<(string Key, object? Value)> tags) =>
        Values(instrument, tags) is [.., var last] ? last : null;

    /// <summary>Forgets what was measured; keeps listening.</summary>
    public void Clear() => _measurements.Clear();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private void Hear<T>()
        where T : struct, IConvertible =>
        _listener.SetMeasurementEventCallback<T>(
            (instrument, value, tags, _) =>
            {
                // A repeated tag key is legal; the last one wins, as exporters do it.
                var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var tag in tags)
                    copy[tag.Key] = tag.Value;
                var measurement = new MetricMeasurement(
                    instrument.Name,
                    instrument.Unit,
                    value.ToDouble(CultureInfo.InvariantCulture),
                    copy
                );
                if (measurement.Has(_onlyWithTags))
                    _measurements.Enqueue(measurement);
            }
        );
}
