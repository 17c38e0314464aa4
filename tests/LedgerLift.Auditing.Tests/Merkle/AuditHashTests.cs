namespace LedgerLift.Auditing.Tests;

public sealed class AuditHashTests
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 8))];

    [Fact]
    public void Text_and_bytes_come_back()
    {
        var hash = new AuditHash(s_bytes);

        Assert.Equal(s_bytes, hash.ToByteArray());
        Assert.Equal(Convert.ToHexStringLower(s_bytes), hash.ToString());
        Assert.True(AuditHash.TryParse(hash.ToString(), out var back));
        Assert.Equal(hash, back);
        Assert.Equal(hash.GetHashCode(), back.GetHashCode());
    }

    [Fact]
    public void Every_byte_counts()
    {
        var hash = new AuditHash(s_bytes);
        for (var i = 0; i < s_bytes.Length; i++)
        {
            byte[] changed = [.. s_bytes];
            changed[i] ^= 1;
            Assert.True(hash != new AuditHash(changed));
        }
    }

    [Fact]
    public void Only_the_default_is_zero()
    {
        Assert.True(default(AuditHash).IsZero);
        Assert.Equal(new string('0', 64), AuditHash.Zero.ToString());
        Assert.False(new AuditHash(s_bytes).IsZero);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("AA00000000000000000000000000000000000000000000000000000000000000")]
    public void Another_text_is_no_hash(string? text) => Assert.False(AuditHash.TryParse(text, out _));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_number_of_bytes_is_no_hash(int length) => Assert.Throws<ArgumentException>(() => new AuditHash(new byte[length]));
}
