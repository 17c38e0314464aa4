using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Auth.Tests;

public sealed class InMemoryReplayGuardTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Registers_an_id_once_until_it_expires()
    {
        var guard = Create();
        var id = new byte[] { 1, 2, 3 };

        Assert.True(await guard.TryRegisterAsync(id, In(5)));
        Assert.False(await guard.TryRegisterAsync(id, In(5)));
        Assert.False(await guard.TryRegisterAsync(id, In(50)));
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(await guard.TryRegisterAsync(id, In(5)));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await guard.TryRegisterAsync(id, In(5)));
    }

    [Fact]
    public async Task Tells_ids_apart_by_every_byte_and_by_their_length()
    {
        var guard = Create();
        byte[][] ids =
        [
            [0],
            [0, 0],
            [0, 0, 0],
            new byte[31],
            new byte[32],
            new byte[33],
            new byte[34],
            new byte[1000],
            [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
            [.. Enumerable.Range(0, 31).Select(i => (byte)i), 99],
            [99, .. Enumerable.Range(1, 31).Select(i => (byte)i)],
            [.. new byte[32], 1],
            [.. new byte[999], 1],
        ];

        foreach (var id in ids)
            Assert.True(await guard.TryRegisterAsync(id, In(5)));
        foreach (var id in ids)
            Assert.False(await guard.TryRegisterAsync(id.ToArray(), In(5)));
    }

    // An id of 32 bytes that happens to be the hash of a longer one is still another id.
    [Fact]
    public async Task A_long_id_is_not_its_hash()
    {
        var guard = Create();
        var longId = new byte[100];

        Assert.True(await guard.TryRegisterAsync(longId, In(5)));
        Assert.True(await guard.TryRegisterAsync(System.Security.Cryptography.SHA256.HashData(longId), In(5)));
    }

    [Fact]
    public async Task Refuses_when_it_is_full_and_takes_again_what_expires()
    {
        var logs = new LogRecorder();
        var guard = new InMemoryReplayGuard(
            new InMemoryReplayGuardOptions { MaxEntries = 2 },
            _clock,
            new Logger<InMemoryReplayGuard>(logs)
        );
        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, In(5)));
        Assert.True(await guard.TryRegisterAsync(new byte[] { 2 }, In(6)));

        Assert.False(await guard.TryRegisterAsync(new byte[] { 3 }, In(5)));
        Assert.False(await guard.TryRegisterAsync(new byte[] { 4 }, In(5)));
        Assert.False(await guard.TryRegisterAsync(new byte[] { 1 }, In(5)));
        Assert.Contains("2", Assert.Single(logs.WithId(4002)).Message, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await guard.TryRegisterAsync(new byte[] { 3 }, In(5)));
        Assert.False(await guard.TryRegisterAsync(new byte[] { 4 }, In(5)));
        Assert.Equal(2, logs.WithId(4002).Count);
    }

    [Fact]
    public async Task Refuses_what_has_expired_already()
    {
        var guard = Create();

        Assert.False(await guard.TryRegisterAsync(new byte[] { 1 }, _clock.GetUtcNow()));
        Assert.Equal(0, guard.Held);
    }

    [Fact]
    public async Task Refuses_misuse()
    {
        var guard = Create();

        await Assert.ThrowsAsync<ArgumentException>(async () => await guard.TryRegisterAsync(default, In(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await guard.TryRegisterAsync(new byte[] { 1 }, In(5), new CancellationToken(canceled: true))
        );
        Assert.Contains(
            "0",
            Assert.Throws<ArgumentException>(() => new InMemoryReplayGuard(new InMemoryReplayGuardOptions { MaxEntries = 0 })).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(100_000, new InMemoryReplayGuardOptions().MaxEntries);
    }

    [Fact]
    public async Task Of_many_at_once_one_registers()
    {
        var guard = Create();

        for (var round = 0; round < 100; round++)
        {
            var id = BitConverter.GetBytes(round);
            var registered = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await guard.TryRegisterAsync(id, In(5))))
            );
            Assert.Single(registered, one => one);
        }
    }

    [Fact]
    public void Behaves_as_a_list_that_is_searched_from_end_to_end() =>
        Prop.ForAll(
                (
                    from id in Gen.Choose(0, 12)
                    from minutes in Gen.Choose(0, 9)
                    from wait in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
                    select (id, minutes, wait)
                )
                    .ListOf()
                    .ToArbitrary(),
                Gen.Choose(1, 6).ToArbitrary(),
                async (steps, maxEntries) =>
                {
                    var clock = new ManualTimeProvider();
                    var guard = new InMemoryReplayGuard(new InMemoryReplayGuardOptions { MaxEntries = maxEntries }, clock);
                    var known = new List<(int Id, DateTimeOffset ExpiresAt)>();
                    foreach (var (id, minutes, wait) in steps)
                    {
                        clock.Advance(TimeSpan.FromMinutes(wait));
                        var now = clock.GetUtcNow();
                        known.RemoveAll(entry => entry.ExpiresAt <= now);
                        var expected = minutes > 0 && !known.Exists(entry => entry.Id == id) && known.Count < maxEntries;
                        Assert.Equal(expected, await guard.TryRegisterAsync(BitConverter.GetBytes(id), now.AddMinutes(minutes)));
                        if (expected)
                            known.Add((id, now.AddMinutes(minutes)));
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private InMemoryReplayGuard Create() => new(timeProvider: _clock);

    private DateTimeOffset In(double minutes) => _clock.GetUtcNow().AddMinutes(minutes);
}
