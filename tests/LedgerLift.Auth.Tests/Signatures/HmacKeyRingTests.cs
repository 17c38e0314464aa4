using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auth.Tests;

public sealed class HmacKeyRingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_key_that_counts_signs()
    {
        using var ring = Ring(
            TestKeys.Key("always"),
            TestKeys.Key("new", Noon.AddHours(-1)),
            TestKeys.Key("old", Noon.AddHours(-2)),
            TestKeys.Key("ended", Noon.AddMinutes(-5), Noon),
            TestKeys.Key("future", Noon.AddTicks(1))
        );

        Assert.Equal("new", ring.FindSigningKey(Noon)!.Id);
        Assert.Equal("future", ring.FindSigningKey(Noon.AddTicks(1))!.Id);
        Assert.Equal("ended", ring.FindSigningKey(Noon.AddTicks(-1))!.Id);
        Assert.Equal("old", ring.FindSigningKey(Noon.AddHours(-2))!.Id);
        Assert.Equal("always", ring.FindSigningKey(Noon.AddHours(-3))!.Id);
    }

    [Fact]
    public void Of_equals_the_last_in_the_list_signs()
    {
        using var ring = Ring(TestKeys.Key("first"), TestKeys.Key("last"));

        Assert.Equal("last", ring.FindSigningKey(Noon)!.Id);
    }

    [Fact]
    public void No_key_that_counts_is_none()
    {
        using var ring = Ring(TestKeys.Key("future", Noon.AddTicks(1)));

        Assert.Null(ring.FindSigningKey(Noon));
    }

    [Fact]
    public void A_hash_that_comes_back_after_its_key_was_retired_ends()
    {
        var entry = new HmacKeyEntry(TestKeys.Key("k"));
        var rented = entry.Rent();
        var other = entry.Rent();
        entry.Return(other);
        entry.Dispose();

        Assert.Throws<ObjectDisposedException>(() => other.AppendData([1]));
        rented.AppendData([1]);
        rented.GetHashAndReset();
        entry.Return(rented);
        Assert.Throws<ObjectDisposedException>(() => rented.AppendData([1]));
    }

    [Fact]
    public void Hashes_are_used_again_and_not_hoarded()
    {
        using var entry = new HmacKeyEntry(TestKeys.Key("k"));
        var hashes = Enumerable.Range(0, 100).Select(_ => entry.Rent()).ToArray();
        foreach (var hash in hashes)
            entry.Return(hash);

        Assert.Contains(entry.Rent(), hashes);
        Assert.InRange(hashes.Count(IsAlive), 1, (Environment.ProcessorCount * 2) + 1);
    }

    private static bool IsAlive(System.Security.Cryptography.IncrementalHash hash)
    {
        try
        {
            hash.AppendData([1]);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static HmacKeyRing Ring(params HmacKey[] keys) =>
        new(TestKeys.Options(SignatureScheme.TimestampBody, keys), changes: null, NullLogger.Instance);
}
