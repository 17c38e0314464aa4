using System.Text;

namespace LedgerLift.Testing;

/// <summary>
/// One direction of a <see cref="TcpFaultProxy"/>: what is set here holds at once for all open connections and for those to come. Thread-safe.
/// </summary>
public sealed class ProxyLane
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly Func<IEnumerable<ProxyStream>> _streams;
    private volatile LaneSettings _settings = new(FlowMode.Pass, null, null, []);

    internal ProxyLane(string name, TimeProvider time, Func<IEnumerable<ProxyStream>> streams)
    {
        _name = name;
        Time = time;
        _streams = streams;
    }

    /// <summary>How many bytes came from the senders of this direction, over all connections.</summary>
    public long BytesReceived => _streams().Sum(stream => stream.Traffic.Received);

    /// <summary>How many bytes were delivered to the receivers of this direction, over all connections.</summary>
    public long BytesDelivered => _streams().Sum(stream => stream.Traffic.Delivered);

    internal TimeProvider Time { get; }

    internal LaneSettings Settings => _settings;

    /// <summary>
    /// Bytes flow again after <see cref="Stall"/> or <see cref="BlackHole"/>. A connection that has lost bytes in a black hole stays black: its
    /// receiver must never see what comes after a gap.
    /// </summary>
    public void Pass() => SetMode(FlowMode.Pass);

    /// <summary>Nothing is read from the senders: they feel back-pressure. Nothing is lost.</summary>
    public void Stall() => SetMode(FlowMode.Stall);

    /// <summary>Everything is read and dropped, ends of connections too; connections stay open.</summary>
    public void BlackHole() => SetMode(FlowMode.BlackHole);

    /// <summary>Every piece arrives so much later, order kept; pieces travel side by side, so the delay costs no throughput.</summary>
    /// <param name="delay">From 0 (no delay); also takes effect on pieces under way.</param>
    public void Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Set(settings => settings with { Delay = delay == TimeSpan.Zero ? null : () => delay });
    }

    /// <summary>As <see cref="Delay(TimeSpan)"/>, the delay asked anew for every piece; null: none.</summary>
    public void Delay(Func<TimeSpan>? delay) => Set(settings => settings with { Delay = delay });

    /// <summary>Each connection delivers at most so many bytes in a second; null: no limit.</summary>
    public void LimitRate(long? bytesPerSecond)
    {
        if (bytesPerSecond <= 0)
            throw new ArgumentOutOfRangeException(nameof(bytesPerSecond), bytesPerSecond, "Give more than 0, or null for no limit.");
        Set(settings => settings with { BytesPerSecond = bytesPerSecond });
    }

    /// <summary>
    /// Exactly <paramref name="count"/> bytes of a connection are delivered, then the fault. Counted per connection, from its start, or from now on
    /// where it is open already. 0: before the first byte.
    /// </summary>
    public FaultRule AfterBytes(long count, Fault fault, FaultSchedule? schedule = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Add(new FaultRule($"{fault} {_name} after {count} bytes", fault, schedule, () => new ByteCountTracker(count), Remove));
    }

    /// <summary>When the bytes of <paramref name="pattern"/> pass, in one piece or in many, the fault.</summary>
    /// <param name="pattern">At least one byte.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="deliver">
    /// True: everything up to and including the pattern is delivered first, and nothing behind it. False: nothing from the pattern's first byte on;
    /// where the pattern came in pieces, its earlier pieces have passed, but never the whole of it.
    /// </param>
    /// <param name="schedule">Which matches; the first by default.</param>
    public FaultRule WhenPasses(ReadOnlySpan<byte> pattern, Fault fault, bool deliver = true, FaultSchedule? schedule = null)
    {
        var bytes = NotEmpty(pattern);
        var name = $"{fault} {_name} when {Show(bytes)} passes";
        return Add(new FaultRule(name, fault, schedule, () => new PatternTracker(bytes, matchBefore: !deliver), Remove));
    }

    /// <summary>
    /// The pattern and all that follows goes to the receiver; what the receiver answers from then on is received by the proxy and never delivered.
    /// As soon as the answer is there, the fault is made on it: <see cref="Fault.Reset"/> or <see cref="Fault.Cut"/> ends the connection,
    /// <see cref="Fault.BlackHole"/> leaves the asker hanging.
    /// </summary>
    /// <param name="pattern">At least one byte; the request must not be answerable before its last byte.</param>
    /// <param name="fault">What happens when the reply has arrived.</param>
    /// <param name="replyUntil">The fault waits until these bytes of the reply have arrived; empty: until any have. A receiver that ends ends the wait.</param>
    /// <param name="schedule">Which matches; the first by default.</param>
    public FaultRule DropReplyTo(
        ReadOnlySpan<byte> pattern,
        Fault fault = Fault.Reset,
        ReadOnlySpan<byte> replyUntil = default,
        FaultSchedule? schedule = null
    )
    {
        var bytes = NotEmpty(pattern);
        var name = $"{fault} instead of the reply to {Show(bytes)}";
        return Add(
            new FaultRule(name, fault, schedule, () => new PatternTracker(bytes, matchBefore: false), Remove)
            {
                DropsReply = true,
                ReplyUntil = replyUntil.ToArray(),
            }
        );
    }

    /// <summary>Takes back every rule.</summary>
    public void ClearRules() => Set(settings => settings with { Rules = [] });

    private static byte[] NotEmpty(ReadOnlySpan<byte> pattern) =>
        pattern.IsEmpty ? throw new ArgumentException("Give a pattern of at least one byte.", nameof(pattern)) : pattern.ToArray();

    private static string Show(byte[] pattern) => $"'{Encoding.Latin1.GetString(pattern).Replace("\0", "\\0", StringComparison.Ordinal)}'";

    private FaultRule Add(FaultRule rule)
    {
        Set(settings => settings with { Rules = [.. settings.Rules, rule] });
        return rule;
    }

    private void Remove(FaultRule rule) => Set(settings => settings with { Rules = [.. settings.Rules.Where(other => other != rule)] });

    private void Set(Func<LaneSettings, LaneSettings> change)
    {
        lock (_lock)
            _settings = change(_settings);
        foreach (var stream in _streams())
            stream.SettingsChanged();
    }

    private void SetMode(FlowMode mode)
    {
        Set(settings => settings with { Mode = mode });
        foreach (var stream in _streams())
            stream.SetMode(mode);
    }
}
