using System.Text;

namespace LedgerLift.Testing.Tests;

/// <summary>The server gets the request whole and answers; the client never gets a byte of the answer.</summary>
public sealed class ProxyDropReplyTests : IAsyncLifetime
{
    private readonly ProxyRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(Fault.Reset, Ending.Reset)]
    [InlineData(Fault.Cut, Ending.Fin)]
    public async Task The_request_arrives_whole_the_reply_at_the_proxy_only(Fault fault, object ending)
    {
        var rule = _rig.Proxy.DropReplyTo("COMMIT"u8, fault);
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("BEGIN;");
        await server.ReadTextAsync(6);
        await server.SendTextAsync("begun");
        await client.ReadTextAsync(5);

        await client.SendTextAsync("COMMIT and more;");
        Assert.Equal("COMMIT and more;", await server.ReadTextAsync(16));
        Assert.Equal(0, rule.Fired);
        await server.SendTextAsync("committed");

        var connection = await rule.WaitAsync();
        Assert.Equal(("", ending), Boxed(await client.ReadToEndAsync()));
        Assert.Equal("BEGIN;COMMIT and more;", Text(connection.ClientToServer.DeliveredBytes()));
        Assert.Equal("beguncommitted", Text(connection.ServerToClient.ReceivedBytes()));
        Assert.Equal("begun", Text(connection.ServerToClient.DeliveredBytes()));
    }

    [Fact]
    public async Task The_client_can_be_left_hanging()
    {
        var rule = _rig.Proxy.DropReplyTo("COMMIT"u8, Fault.BlackHole);
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("COMMIT");
        await server.ReadTextAsync(6);
        await server.SendTextAsync("committed");
        await rule.WaitAsync();
        await server.SendTextAsync("anybody there?");
        await Poll.UntilAsync(() => _rig.Down.BytesReceived == 23, cancellationToken: Cancellation);
        await client.SendTextAsync("hello?");

        Assert.Equal("hello?", await server.ReadTextAsync(6));
        Assert.Equal((0L, 0), (_rig.Down.BytesDelivered, client.Available));
        Assert.False(client.Poll(0, System.Net.Sockets.SelectMode.SelectRead));
    }

    [Fact]
    public async Task The_fault_can_wait_for_the_end_of_a_reply_in_pieces()
    {
        var rule = _rig.Proxy.DropReplyTo("GO"u8, Fault.Reset, replyUntil: "</Result>"u8);
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("GO");
        await server.ReadTextAsync(2);

        var sent = 0;
        foreach (var piece in new[] { "<Result>", "</Res", "ult" })
        {
            await server.SendTextAsync(piece);
            sent += piece.Length;
            await Poll.UntilAsync(() => _rig.Down.BytesReceived == sent, cancellationToken: Cancellation);
        }

        Assert.Equal((0, 0), (rule.Fired, client.Available));
        await server.SendTextAsync(">");

        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
        Assert.Equal("<Result></Result>", Text((await rule.WaitAsync()).ServerToClient.ReceivedBytes()));
    }

    [Fact]
    public async Task A_server_that_ends_without_the_awaited_reply_ends_the_wait()
    {
        var rule = _rig.Proxy.DropReplyTo("GO"u8, Fault.Reset, replyUntil: "never"u8);
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("GO");
        await server.ReadTextAsync(2);

        server.Close();

        await rule.WaitAsync();
        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Only_the_asked_for_occurrence_loses_its_reply()
    {
        var rule = _rig.Proxy.DropReplyTo("GO"u8, schedule: new FaultSchedule { FromOccurrence = 2 });
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("GO");
        await server.ReadTextAsync(2);
        await server.SendTextAsync("first");
        Assert.Equal("first", await client.ReadTextAsync(5));
        await client.SendTextAsync("GO");
        await server.ReadTextAsync(2);
        await server.SendTextAsync("second");

        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
        await rule.WaitAsync();
        Assert.Equal((2, 1), (rule.Matches, rule.Fired));
    }

    [Fact]
    public async Task The_reply_is_awaited_before_the_last_byte_of_the_request_is_out()
    {
        // One byte at a time, so that the proxy can be caught in the middle of the request: whatever the server says now is withheld already,
        // hence also an answer that comes before the proxy's send has returned.
        var time = new ManualTimeProvider();
        await using var rig = new ProxyRig(time: time);
        rig.Up.LimitRate(1);
        var rule = rig.Proxy.DropReplyTo("GO"u8, replyUntil: "answer"u8);
        var (client, server) = await rig.ConnectAsync();
        await client.SendTextAsync("GO");
        await time.WaitForTimerAsync();
        Assert.Equal("G", await server.ReadTextAsync(1));
        await server.SendTextAsync("early ");
        await Poll.UntilAsync(() => rig.Down.BytesReceived == 6, cancellationToken: Cancellation);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("O", await server.ReadTextAsync(1));
        await server.SendTextAsync("answer");

        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
        await rule.WaitAsync();
    }

    private static (string Text, object Ending) Boxed((string Text, Ending Ending) read) => read;

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
