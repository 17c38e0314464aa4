using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>What breaks connections while transfers run: resets before, during and after COMMIT by a proxy, and backends terminated at the server.</summary>
internal sealed class CampaignKills(PostgresFixture postgres, TcpFaultProxy proxy, string applicationName, int seed) : IAsyncDisposable
{
    // As a query of its own or as a command, COMMIT and the end of its text.
    private readonly FaultRule _lostReplies = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, "Z\0\0\0\x5I"u8, Chance(seed, 0.15));
    private readonly FaultRule _lostCommits = proxy.ClientToServer.WhenPasses(
        "COMMIT\0"u8,
        Fault.Reset,
        deliver: false,
        Chance(seed + 1, 0.08)
    );
    private readonly FaultRule _lostWork = proxy.ClientToServer.WhenPasses(
        "INSERT INTO"u8,
        Fault.Reset,
        deliver: true,
        Chance(seed + 2, 0.12)
    );
    private readonly CancellationTokenSource _stop = new();
    private Task<int> _terminating = Task.FromResult(0);

    /// <summary>Backends that were terminated; known after <see cref="StopAsync"/>.</summary>
    public int Terminated { get; private set; }

    public int LostCommits => _lostCommits.Fired;

    public int All => _lostReplies.Fired + _lostCommits.Fired + _lostWork.Fired + Terminated;

    /// <summary>Kills of which the captured bytes show that COMMIT reached the server, that it was carried out, and that the reply did not come back.</summary>
    public int ProvenLostReplies => _lostReplies.FiredOn.Count(CommitReachedAndReplyWasLost);

    public void Start() => _terminating = TerminateAsync(_stop.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Terminated = await _terminating;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _lostReplies.Dispose();
        _lostCommits.Dispose();
        _lostWork.Dispose();
        _stop.Dispose();
    }

    private static FaultSchedule Chance(int seed, double probability) =>
        FaultSchedule.EveryTime with
        {
            Probability = probability,
            Random = new SeededRandom(seed),
        };

    private static bool CommitReachedAndReplyWasLost(ProxyConnection connection)
    {
        // A command has a message P with its text; a query of its own a message Q.
        var sent = PostgresWire
            .Frontend(connection.ClientToServer.DeliveredBytes())
            .Count(message => message is { Type: 'P' or 'Q', Text: "COMMIT" });
        var answered = Commits(connection.ServerToClient.ReceivedBytes());
        return connection.ClientToServer.IsCaptureWhole
            && sent == answered
            && Commits(connection.ServerToClient.DeliveredBytes()) == sent - 1;
    }

    private static int Commits(byte[] bytes) => PostgresWire.Backend(bytes).Count(message => message is { Type: 'C', Text: "COMMIT" });

    private async Task<int> TerminateAsync(CancellationToken stop)
    {
        var killed = 0;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(150, CancellationToken.None);
            killed += (int)
                await postgres.ReadAsync<long>(
                    $"SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = '{applicationName}' ORDER BY random() LIMIT 2) p"
                );
        }

        return killed;
    }
}
