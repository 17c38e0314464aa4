using System.Text;

namespace LedgerLift.Auth.Tests;

public sealed class HmacKeyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hides_its_secret()
    {
        var key = HmacKey.FromText("k1", "a secret that nobody may see, ever", Noon);

        Assert.DoesNotContain("nobody", $"{key}", StringComparison.Ordinal);
        Assert.Contains("k1", $"{key}", StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_text_as_UTF_8_and_webhook_secrets_as_base64()
    {
        Assert.Equal(Encoding.UTF8.GetBytes("schlüssel"), HmacKey.FromText("k", "schlüssel").Secret.ToArray());
        Assert.Equal(TestKeys.Secret("k"), HmacKey.FromText("k", "whsec_" + Convert.ToBase64String(TestKeys.Secret("k"))).Secret.ToArray());
    }

    [Fact]
    public void Refuses_a_webhook_secret_that_is_not_base64_without_showing_it()
    {
        var exception = Assert.Throws<ArgumentException>(() => HmacKey.FromText("k", "whsec_not*base64"));

        Assert.DoesNotContain("not*", exception.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => HmacKey.FromText(null!, "s"));
        Assert.Throws<ArgumentNullException>(() => HmacKey.FromText("k", null!));
    }

    [Fact]
    public void Counts_from_its_beginning_until_its_end()
    {
        var key = new HmacKey("k", TestKeys.Secret("k"), Noon, Noon.AddHours(1));

        Assert.False(key.IsActive(Noon.AddTicks(-1)));
        Assert.True(key.IsActive(Noon));
        Assert.True(key.IsActive(Noon.AddHours(1).AddTicks(-1)));
        Assert.False(key.IsActive(Noon.AddHours(1)));
        Assert.True(new HmacKey("k", default).IsActive(DateTimeOffset.MinValue));
        Assert.True(new HmacKey("k", default).IsActive(DateTimeOffset.MaxValue));
    }
}
