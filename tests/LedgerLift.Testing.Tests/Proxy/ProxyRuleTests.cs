using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Testing.Tests;

/// <summary>Faults at an exact place in the stream: after so many bytes, or where a pattern passes.</summary>
public sealed class ProxyRuleTests : IAsyncLifetime
{
    private readonly ProxyRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(Fault.Cut, 0)]
    [InlineData(Fault.Cut, 1)]
    [InlineData(Fault.Cut, 70_001)]
    [InlineData(Fault.Cut, 150_000)]
    [InlineData(Fault.Reset, 0)]
    [InlineData(Fault.Reset, 1)]
    [InlineData(Fault.Reset, 65_536)]
    [InlineData(Fault.Reset, 70_001)]
    public async Task Exactly_so_many_bytes_are_delivered_before_the_end(Fault fault, int count)
    {
        var rule = _rig.Up.AfterBytes(count, fault);
        var (client, server) = await _rig.ConnectAsync();
        var sent = new SeededRandom().Bytes(150_000);

        var reading = server.ReadBytesToEndAsync();
        await SendIgnoringTheEndAsync(client, sent);
        var (received, ending) = await reading;

        Assert.Equal(fault == Fault.Cut ? Ending.Fin : Ending.Reset, ending);
        Assert.Equal(sent[..count], received);
        Assert.Equal((count, 1), (_rig.Up.BytesDelivered, (await rule.WaitAsync()).Number));
    }

    [Fact]
    public async Task A_reset_waits_until_a_slow_receiver_has_what_was_delivered()
    {
        const int count = 200_000;
        await using var rig = new ProxyRig(serverReceiveBuffer: 4096);
        var rule = rig.Up.AfterBytes(count, Fault.Reset);
        var (client, server) = await rig.ConnectAsync();
        await client.SendAllAsync(new byte[count]);
        await Poll.UntilAsync(() => rig.Up.BytesDelivered == count, cancellationToken: Cancellation);
        Assert.Equal(0, rule.Fired);

        var (received, ending) = await server.ReadBytesToEndAsync();

        Assert.Equal((count, Ending.Reset), (received.Length, ending));
        await rule.WaitAsync();
    }

    [Fact]
    public async Task The_end_comes_with_the_last_byte_not_with_the_next_one()
    {
        _rig.Down.AfterBytes(5, Fault.Cut);
        var (client, server) = await _rig.ConnectAsync();

        await server.SendTextAsync("12345");

        Assert.Equal(("12345", Ending.Fin), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Bytes_count_from_now_on_where_a_connection_is_open_and_from_the_start_where_not()
    {
        var (first, firstServer) = await _rig.ConnectAsync();
        await first.SendTextAsync("before");
        await firstServer.ReadTextAsync(6);

        _rig.Up.AfterBytes(3, Fault.Cut, FaultSchedule.EveryTime);
        var (second, secondServer) = await _rig.ConnectAsync();
        await first.SendTextAsync("abcdef");
        await second.SendTextAsync("uvwxyz");

        Assert.Equal(("abc", Ending.Fin), await firstServer.ReadToEndAsync());
        Assert.Equal(("uvw", Ending.Fin), await secondServer.ReadToEndAsync());
    }

    [Fact]
    public async Task A_direction_can_end_alone()
    {
        _rig.Up.AfterBytes(3, Fault.CutDirection);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("abcdef");

        Assert.Equal(("abc", Ending.Fin), await server.ReadToEndAsync());
        await server.SendTextAsync("I can still talk");
        Assert.Equal("I can still talk", await client.ReadTextAsync(16));
    }

    [Fact]
    public async Task A_direction_can_fall_silent_at_a_byte()
    {
        var rule = _rig.Up.AfterBytes(3, Fault.BlackHole);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("abcdef");

        Assert.Equal("abc", await server.ReadTextAsync(3));
        await rule.WaitAsync();
        _rig.Up.Pass();
        await client.SendTextAsync("ghi");
        await Poll.UntilAsync(() => _rig.Up.BytesReceived == 9, cancellationToken: Cancellation);
        Assert.Equal((3L, 0), (_rig.Up.BytesDelivered, server.Available));
    }

    [Fact]
    public async Task A_direction_can_stall_at_a_byte_and_go_on_without_loss()
    {
        var rule = _rig.Up.AfterBytes(3, Fault.Stall);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("abcdef");
        await rule.WaitAsync();
        Assert.Equal("abc", await server.ReadTextAsync(3));
        Assert.Equal((3L, 0), (_rig.Up.BytesDelivered, server.Available));

        _rig.Up.Pass();
        Assert.Equal("def", await server.ReadTextAsync(3));
    }

    [Theory]
    [InlineData("one COMMIT;rest", true, "one COMMIT;")]
    [InlineData("one COMMIT;rest", false, "one ")]
    [InlineData("COMMIT;", true, "COMMIT;")]
    [InlineData("COMMIT;", false, "")]
    [InlineData("COMCOMMIT;x", true, "COMCOMMIT;")]
    public async Task What_passes_before_a_pattern_is_exact(string sent, bool deliver, string arrived)
    {
        _rig.Up.WhenPasses("COMMIT;"u8, Fault.Reset, deliver);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync(sent);

        Assert.Equal((arrived, Ending.Reset), await server.ReadToEndAsync());
    }

    [Theory]
    [InlineData(true, "xxCOMMIT;")]
    [InlineData(false, "xxCOMMIT")]
    public async Task A_pattern_that_comes_byte_by_byte_is_seen(bool deliver, string arrived)
    {
        _rig.Up.WhenPasses("COMMIT;"u8, Fault.Cut, deliver);
        var (client, server) = await _rig.ConnectAsync();

        var sent = 0;
        foreach (var letter in "xxCOMMIT;yy")
        {
            await client.SendTextAsync(letter.ToString());
            sent++;
            await Poll.UntilAsync(() => _rig.Up.BytesReceived == sent, cancellationToken: Cancellation);
        }

        Assert.Equal((arrived, Ending.Fin), await server.ReadToEndAsync());
    }

    [Fact]
    public async Task A_rule_fires_once_unless_told_otherwise_and_can_be_taken_back()
    {
        var once = _rig.Up.WhenPasses("X"u8, Fault.CutDirection);
        Assert.Equal("aX", await ArrivedOfAsync("aXb"));
        Assert.Equal("aXb", await ArrivedOfAsync("aXb"));
        await once.WaitAsync();
        Assert.Equal((2, 1), (once.Matches, once.Fired));

        var always = _rig.Up.WhenPasses("X"u8, Fault.CutDirection, schedule: FaultSchedule.EveryTime);
        Assert.Equal("aX", await ArrivedOfAsync("aXb"));
        Assert.Equal("aX", await ArrivedOfAsync("aXb"));

        await always.WaitAsync(count: 2);
        always.Dispose();
        Assert.Equal("aXb", await ArrivedOfAsync("aXb"));
        Assert.Equal([3, 4], always.FiredOn.Select(connection => connection.Number));
    }

    [Fact]
    public async Task Earlier_occurrences_pass_on_one_connection_or_many()
    {
        var third = new FaultSchedule { FromOccurrence = 3 };
        _rig.Up.WhenPasses("X"u8, Fault.CutDirection, schedule: third);
        Assert.Equal("1X2X3X", await ArrivedOfAsync("1X2X3X4X"));

        _rig.Up.ClearRules();
        _rig.Up.WhenPasses("X"u8, Fault.CutDirection, schedule: third);
        Assert.Equal("1X", await ArrivedOfAsync("1X"));
        Assert.Equal("2X", await ArrivedOfAsync("2X"));
        Assert.Equal("3X", await ArrivedOfAsync("3X4"));
    }

    [Fact]
    public async Task Chance_comes_from_the_given_source()
    {
        var expected = new SeededRandom(11);
        var schedule = FaultSchedule.EveryTime with { Probability = 0.5, Random = new SeededRandom(11) };
        _rig.Up.WhenPasses("X"u8, Fault.CutDirection, schedule: schedule);

        for (var i = 0; i < 12; i++)
            Assert.Equal(expected.Chance(0.5) ? "X" : "Xy", await ArrivedOfAsync("Xy"));
    }

    [Fact]
    public async Task Of_two_rules_the_one_that_matches_first_in_the_stream_fires_first()
    {
        var late = _rig.Up.WhenPasses("late"u8, Fault.Stall);
        var early = _rig.Up.WhenPasses("early"u8, Fault.Stall);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("early late");

        await early.WaitAsync();
        Assert.Equal("early", await server.ReadTextAsync(5));
        Assert.Equal((0, 5L), (late.Fired, _rig.Up.BytesDelivered));
        _rig.Up.Pass();
        await late.WaitAsync();
        Assert.Equal(" late", await server.ReadTextAsync(5));
    }

    [Fact]
    public async Task Two_rules_that_match_at_the_same_byte_both_fire()
    {
        var bytes = _rig.Up.AfterBytes(4, Fault.Stall);
        var pattern = _rig.Up.WhenPasses("cd"u8, Fault.Cut);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("abcdef");

        Assert.Equal(("abcd", Ending.Fin), await server.ReadToEndAsync());
        await pattern.WaitAsync();
        Assert.Equal((1, 1), (bytes.Fired, pattern.Fired));
    }

    [Fact]
    public async Task A_rule_set_while_bytes_flow_watches_from_there()
    {
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("X");
        await server.ReadTextAsync(1);

        var rule = _rig.Up.WhenPasses("X"u8, Fault.Cut);
        await client.SendTextAsync("aXb");

        Assert.Equal(("aX", Ending.Fin), await server.ReadToEndAsync());
        Assert.Equal(1, rule.Matches);
    }

    [Fact]
    public async Task A_vain_wait_for_a_rule_says_what_it_waited_for()
    {
        var rule = _rig.Up.WhenPasses("COMMIT\0"u8, Fault.Cut);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => rule.WaitAsync(timeout: TimeSpan.FromMilliseconds(20)));

        Assert.Equal(@"Cut client to server when 'COMMIT\0' passes: fired 0 of 1 times in 00:00:00.0200000, 0 match(es).", failure.Message);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _rig.Up.WhenPasses([], Fault.Cut));
        Assert.Throws<ArgumentException>(() => _rig.Up.DropReplyTo([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _rig.Up.AfterBytes(-1, Fault.Cut));
        foreach (
            var schedule in new FaultSchedule[]
            {
                new() { FromOccurrence = 0 },
                new() { Times = -1 },
                new() { Probability = double.NaN },
                new() { Probability = 1.01 },
                new() { Probability = 0.5 },
            }
        )
            Assert.Throws<ArgumentException>(() => _rig.Up.AfterBytes(1, Fault.Cut, schedule));
    }

    private static async Task SendIgnoringTheEndAsync(Socket client, byte[] bytes)
    {
        try
        {
            await client.SendAllAsync(bytes);
        }
        catch (SocketException)
        {
            // The fault may reach the sender before its last byte has left.
        }
    }

    /// <summary>What a server gets of a client's words, on a connection of their own that the client then ends.</summary>
    private async Task<string> ArrivedOfAsync(string sent)
    {
        var (client, server) = await _rig.ConnectAsync();
        await client.SendAllAsync(Encoding.Latin1.GetBytes(sent));
        client.Shutdown(SocketShutdown.Send);
        return (await server.ReadToEndAsync()).Text;
    }
}
