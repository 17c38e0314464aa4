using System.Net.Sockets;

namespace LedgerLift.Testing.Tests;

/// <summary>What is set on a direction while connections run: stall, black hole, delay, rate, cut and reset of everything open.</summary>
public sealed class ProxyFlowTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ProxyRig _rig;

    public ProxyFlowTests() => _rig = new ProxyRig(time: _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Cut_ends_both_sides_gracefully_behind_what_was_delivered()
    {
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("request");
        await server.ReadTextAsync(7);
        await server.SendTextAsync("half an ans");
        await Poll.UntilAsync(() => _rig.Down.BytesDelivered == 11, cancellationToken: Cancellation);

        _rig.Proxy.CutAll();

        Assert.Equal(("half an ans", Ending.Fin), await client.ReadToEndAsync());
        Assert.Equal(("", Ending.Fin), await server.ReadToEndAsync());
        await client.SendTextAsync("too late");
        client.Close();
        server.Close();
        await _rig.Proxy.Connections[0].Closed.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal((15L, 7L), (_rig.Up.BytesReceived, _rig.Up.BytesDelivered));
    }

    [Fact]
    public async Task Reset_resets_both_sides()
    {
        var (client, server) = await _rig.ConnectAsync();

        _rig.Proxy.ResetAll();

        Assert.Equal(Ending.Reset, (await client.ReadToEndAsync()).Ending);
        Assert.Equal(Ending.Reset, (await server.ReadToEndAsync()).Ending);
    }

    [Fact]
    public async Task A_fault_on_one_connection_leaves_the_others_alone()
    {
        var (client, _) = await _rig.ConnectAsync();
        var (other, itsServer) = await _rig.ConnectAsync();

        _rig.Proxy.Connections[0].Reset();

        Assert.Equal(Ending.Reset, (await client.ReadToEndAsync()).Ending);
        await other.SendTextAsync("still here");
        Assert.Equal("still here", await itsServer.ReadTextAsync(10));
    }

    [Fact]
    public async Task A_black_hole_swallows_bytes_and_ends_in_one_direction_and_tells_nobody()
    {
        var (client, server) = await _rig.ConnectAsync();

        _rig.Up.BlackHole();
        await client.SendTextAsync("gone");
        client.Shutdown(SocketShutdown.Send);
        await server.SendTextAsync("other way");

        Assert.Equal("other way", await client.ReadTextAsync(9));
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 4, cancellationToken: Cancellation);
        Assert.Equal((0L, 0), (_rig.Up.BytesDelivered, server.Available));
        Assert.False(_rig.Proxy.Connections[0].Closed.IsCompleted);
        Assert.False(server.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public async Task A_connection_that_lost_bytes_stays_black_and_one_that_lost_none_goes_on()
    {
        var (loser, losersServer) = await _rig.ConnectAsync();
        var (quiet, quietsServer) = await _rig.ConnectAsync();
        _rig.Up.BlackHole();
        await loser.SendTextAsync("lost");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 4, cancellationToken: Cancellation);
        // The reader counts before the writer drops: the second byte shows that the first is through.
        await SendUntilCountedAsync(loser, 2);

        _rig.Up.Pass();
        await loser.SendTextAsync("behind the gap");
        await quiet.SendTextAsync("whole");

        Assert.Equal("whole", await quietsServer.ReadTextAsync(5));
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 25, cancellationToken: Cancellation);
        Assert.Equal((5L, 0), (_rig.Up.BytesDelivered, losersServer.Available));
    }

    [Fact]
    public async Task Later_connections_begin_as_the_direction_is_set()
    {
        _rig.Up.BlackHole();
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("gone");

        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 4, cancellationToken: Cancellation);
        Assert.Equal((0L, 0), (_rig.Up.BytesDelivered, server.Available));
    }

    [Fact]
    public async Task A_stall_pushes_back_on_the_sender_and_loses_nothing()
    {
        var (client, server) = await _rig.ConnectAsync();
        var sent = new SeededRandom().Bytes(24 * 1024 * 1024);
        _rig.Up.Stall();

        var sending = client.SendAllAsync(sent);
        // Full for good, not for the moment that a reader needs to make room again.
        var fullFor = 0;
        await Poll.UntilAsync(
            () =>
            {
                fullFor = client.Poll(0, SelectMode.SelectWrite) ? 0 : fullFor + 1;
                return fullFor == 20;
            },
            cancellationToken: Cancellation
        );
        Assert.False(sending.IsCompleted);
        Assert.InRange(_rig.Up.BytesReceived, 0, 64 * 1024);
        Assert.Equal((0L, 0), (_rig.Up.BytesDelivered, server.Available));

        _rig.Up.Pass();
        var reading = server.ReadBytesToEndAsync();
        await sending;
        client.Shutdown(SocketShutdown.Send);
        var (received, _) = await reading;
        Assert.True(sent.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task A_delay_holds_each_piece_keeps_order_and_lets_pieces_travel_side_by_side()
    {
        var (client, server) = await _rig.ConnectAsync();
        _rig.Up.Delay(TimeSpan.FromSeconds(1));

        await client.SendTextAsync("one");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 3, cancellationToken: Cancellation);
        await _time.WaitForTimerAsync();
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await client.SendTextAsync("two");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 6, cancellationToken: Cancellation);
        Assert.Equal(0L, _rig.Up.BytesDelivered);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal("one", await server.ReadTextAsync(3));
        await _time.WaitForTimerAsync();
        Assert.Equal([TimeSpan.FromSeconds(0.5)], _time.TimersDueIn);
        Assert.Equal(3L, _rig.Up.BytesDelivered);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal("two", await server.ReadTextAsync(3));
    }

    [Fact]
    public async Task A_delay_asked_anew_for_every_piece_keeps_order()
    {
        var (client, server) = await _rig.ConnectAsync();
        var delays = new Queue<TimeSpan>([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)]);
        _rig.Up.Delay(delays.Dequeue);

        await client.SendTextAsync("slow ");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 5, cancellationToken: Cancellation);
        await client.SendTextAsync("fast");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 9, cancellationToken: Cancellation);
        await _time.WaitForTimerAsync();
        Assert.Equal([TimeSpan.FromSeconds(5)], _time.TimersDueIn);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("slow fast", await server.ReadTextAsync(9));
        Assert.Empty(delays);
    }

    [Fact]
    public async Task A_delay_taken_away_lets_go_what_it_held()
    {
        var (client, server) = await _rig.ConnectAsync();
        _rig.Up.Delay(TimeSpan.FromHours(1));
        await client.SendTextAsync("held");
        await _time.WaitForTimerAsync();

        _rig.Up.Delay(TimeSpan.Zero);

        Assert.Equal("held", await server.ReadTextAsync(4));
    }

    [Fact]
    public async Task A_rate_spreads_bytes_over_time()
    {
        var (client, server) = await _rig.ConnectAsync();
        _rig.Down.LimitRate(1000);
        await server.SendAllAsync(new byte[1000]);

        // A fiftieth of a second's bytes go at once; each further fiftieth has to wait for its time.
        for (var piece = 1; piece < 50; piece++)
        {
            await _time.WaitForTimerAsync();
            Assert.Equal(piece * 20L, _rig.Down.BytesDelivered);
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        await client.ReadTextAsync(1000);
        Assert.Equal(TimeSpan.FromSeconds(0.98), _time.GetUtcNow() - ManualTimeProvider.DefaultStart);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _rig.Up.Delay(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _rig.Up.LimitRate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TcpFaultProxy.Start("127.0.0.1", 1, captureLimit: -1));
    }

    private async Task SendUntilCountedAsync(Socket client, int more)
    {
        var before = _rig.Up.BytesReceived;
        await client.SendAllAsync(new byte[more]);
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == before + more, cancellationToken: Cancellation);
    }
}
