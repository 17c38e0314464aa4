using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSignatureReplayTests
{
    private static readonly byte[] Body = "{\"documentId\":42}"u8.ToArray();

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private string Now => SignatureText.WriteTimestamp(_clock.GetUtcNow());

    [Fact]
    public async Task A_request_is_accepted_once()
    {
        using var verifier = Create();
        var signature = Sign(Now);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(signature, Now, Body));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(signature, Now, Body));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(signature.ToUpperInvariant(), Now, Body));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now, "{}"u8), Now, "{}"u8.ToArray()));
    }

    // The host that decides next shares the guard, and has a clock that is as far behind as the tolerance allows.
    [Fact]
    public async Task A_request_is_remembered_as_long_as_any_host_would_accept_it()
    {
        var guardClock = new ManualTimeProvider(_clock.GetUtcNow());
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock, new InMemoryReplayGuard(timeProvider: guardClock));
        var timestamp = Now;
        await verifier.VerifyAsync(Sign(timestamp), timestamp, Body);

        guardClock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));
    }

    // Signed by a clock that is ahead by the tolerance, and shown again to a host that is behind by as much.
    [Fact]
    public async Task A_request_from_a_clock_that_is_ahead_is_remembered_from_its_timestamp_on()
    {
        var guardClock = new ManualTimeProvider(_clock.GetUtcNow());
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock, new InMemoryReplayGuard(timeProvider: guardClock));
        var timestamp = SignatureText.WriteTimestamp(_clock.GetUtcNow().AddMinutes(5));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));

        guardClock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));
    }

    [Fact]
    public async Task Of_many_that_send_one_request_at_once_one_is_accepted()
    {
        using var verifier = Create();
        var timestamp = Now;
        var signature = Sign(timestamp);

        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await verifier.VerifyAsync(signature, timestamp, Body)))
        );

        Assert.Single(verdicts, SignatureVerdict.Valid);
        Assert.Equal(49, verdicts.Count(verdict => verdict is SignatureVerdict.Replayed));
    }

    [Fact]
    public async Task Nobody_without_a_key_fills_the_guard()
    {
        var guard = new InMemoryReplayGuard(timeProvider: _clock);
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock, guard);

        await verifier.VerifyAsync(new string('0', 64), Now, Body);
        await verifier.VerifyAsync(Sign("1600000000"), "1600000000", Body);
        Assert.Equal(0, guard.Held);

        await verifier.VerifyAsync(Sign(Now), Now, Body);
        Assert.Equal(1, guard.Held);
    }

    [Fact]
    public async Task A_full_guard_lets_nothing_in()
    {
        var guard = new InMemoryReplayGuard(new InMemoryReplayGuardOptions { MaxEntries = 1 }, _clock);
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock, guard);
        await verifier.VerifyAsync(Sign(Now), Now, Body);

        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign(Now, "{}"u8), Now, "{}"u8.ToArray()));
    }

    [Fact]
    public async Task A_guard_that_fails_is_no_yes()
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock, new BrokenReplayGuard());

        await Assert.ThrowsAsync<TokenStoreException>(async () => await verifier.VerifyAsync(Sign(Now), Now, Body));
    }

    [Fact]
    public async Task Without_replay_protection_a_request_may_come_again()
    {
        using var verifier = new HmacSignatureVerifier(
            new HmacSignatureOptions { Keys = [TestKeys.Key("k1")], ReplayProtection = false },
            _clock,
            new BrokenReplayGuard()
        );

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now), Now, Body));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now), Now, Body));
    }

    private static string Sign(string timestamp) => Sign(timestamp, Body);

    private static string Sign(string timestamp, ReadOnlySpan<byte> body) => HmacSignature.Compute(TestKeys.Secret("k1"), timestamp, body);

    private HmacSignatureVerifier Create() => new(TestKeys.Options(), _clock);
}
