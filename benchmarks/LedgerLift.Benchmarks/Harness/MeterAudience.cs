using System.Diagnostics.Metrics;

namespace LedgerLift.Benchmarks;

/// <summary>Listens to a meter and throws away what it hears: a host that exports metrics makes the measured code pay for them, and so does a benchmark.</summary>
internal sealed class MeterAudience : IDisposable
{
    private readonly MeterListener _listener = new();

    public MeterAudience(string meterName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, meterName, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
