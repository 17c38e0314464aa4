using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>A bucket behind a proxy that loses a request, an answer or a connection now and then: four in a hundred.</summary>
public sealed class FaultyStoreFixture : StoreFixture
{
    private const double Share = 0.02;
    private readonly SeededRandom _random = new();
    private TcpFaultProxy? _proxy;
    private FaultRule[] _rules = [];

    internal TcpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The fixture is not initialized.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = StartProxy(captureLimit: 0);
        // Every request of ours bears this header: its connection is reset before it goes on, or its answer is lost after it took effect.
        var schedule = new FaultSchedule
        {
            Times = int.MaxValue,
            Probability = Share,
            Random = _random,
        };
        _rules =
        [
            _proxy.ClientToServer.WhenPasses("AWS4-HMAC-SHA256"u8, Fault.Reset, schedule: schedule),
            _proxy.DropReplyTo("AWS4-HMAC-SHA256"u8, Fault.Reset, schedule: schedule),
        ];
    }

    public override async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await base.DisposeAsync();
        // Of so many requests some must have been broken, or the class held nothing.
        if (_rules.Sum(rule => rule.Matches) > 1000 && _rules.Any(rule => rule.Fired == 0))
            throw new InvalidOperationException("The proxy broke nothing.");
    }
}
