namespace LedgerLift.Storage.Tests;

public sealed class ObjectKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(-5));
    private static readonly Guid Id = new("0123456789abcdef0123456789abcdef");

    [Theory]
    [InlineData("a")]
    [InlineData("uploads/2026/01/31/x/a.pdf")]
    [InlineData("with blank and + and %2F")]
    [InlineData("100%")]
    [InlineData("äöü/日本語/🙂")]
    [InlineData("...")]
    [InlineData("..a/b..")]
    [InlineData("a/.b")]
    public void Names_that_S3_takes_are_keys(string text)
    {
        Assert.True(ObjectKey.TryParse(text, out var key));
        Assert.Equal(text, key.Value);
        Assert.Equal(text, key.ToString());
        Assert.Equal(key, ObjectKey.Parse(text));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/a", "slash")]
    [InlineData("a/", "slash")]
    [InlineData("a//b", "slash")]
    [InlineData(".", "dot segment")]
    [InlineData("..", "dot segment")]
    [InlineData("a/../b", "dot segment")]
    [InlineData("a/./b", "dot segment")]
    [InlineData("a/..", "dot segment")]
    [InlineData("../a", "dot segment")]
    [InlineData("a/%2e%2e/b", "dot segment")]
    [InlineData("a/%2E./b", "dot segment")]
    [InlineData("a%2f..%2fb", "dot segment")]
    [InlineData("a/%252e%252e/b", "dot segment")]
    [InlineData("a/\uFF0E\uFF0E/b", "dot segment")]
    [InlineData("a\uFF0F..\uFF0Fb", "dot segment")]
    [InlineData("a%5c..%5cb", "dot segment")]
    [InlineData("%2Fetc/passwd", "rooted")]
    [InlineData(" %2Fetc", "rooted")]
    [InlineData("a/.. ", "dot segment")]
    [InlineData("a/ .. /b", "dot segment")]
    [InlineData("%5C%5Cserver", "rooted")]
    [InlineData("\uFF0Fetc", "rooted")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a\0b", "control")]
    [InlineData("a\nb", "control")]
    [InlineData("a\u007Fb", "control")]
    [InlineData("a\u0085b", "control")]
    [InlineData("a\u2028b", "control")]
    public void Everything_else_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(ObjectKey.TryParse(text, out var key));
        Assert.Equal(default, key);
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ObjectKey.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ill_formed_text_and_null_are_no_keys()
    {
        Assert.False(ObjectKey.TryParse("a\uD800b", out _));
        Assert.False(ObjectKey.TryParse("a\uDC00", out _));
        Assert.False(ObjectKey.TryParse(value: null, out _));
        Assert.Throws<ArgumentNullException>(() => ObjectKey.Parse(null!));
    }

    [Fact]
    public void The_limit_is_1024_bytes_of_UTF_8()
    {
        Assert.True(ObjectKey.TryParse(new string('a', 1024), out _));
        Assert.False(ObjectKey.TryParse(new string('a', 1025), out _));
        Assert.True(ObjectKey.TryParse(new string('ä', 512), out _));
        Assert.False(ObjectKey.TryParse(new string('ä', 512) + "a", out _));
    }

    [Fact]
    public void Case_and_composition_tell_keys_apart()
    {
        Assert.NotEqual(ObjectKey.Parse("A"), ObjectKey.Parse("a"));
        Assert.NotEqual(ObjectKey.Parse("\u00E9"), ObjectKey.Parse("e\u0301"));
    }

    [Fact]
    public void The_default_is_no_key()
    {
        Assert.Throws<InvalidOperationException>(() => default(ObjectKey).Value);
        Assert.Equal("", default(ObjectKey).ToString());
    }

    [Theory]
    [InlineData("invoice.pdf", "invoice.pdf")]
    [InlineData("C:\\Users\\me\\invoice.pdf", "invoice.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("Rechnung Nr. 7 (März).pdf", "Rechnung_Nr._7_M_rz.pdf")]
    [InlineData("請求書.pdf", "file.pdf")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("a.verylongextension", "a.verylongextension")]
    [InlineData("a/", "file")]
    public void An_uploads_key_has_day_id_and_a_harmless_name(string fileName, string name) =>
        Assert.Equal($"uploads/2026/02/01/0123456789abcdef0123456789abcdef/{name}", ObjectKey.ForUpload(fileName, Now, Id).Value);

    [Fact]
    public void A_long_name_is_cut_and_keeps_its_ending()
    {
        var name = ObjectKey.ForUpload(new string('a', 10_000) + ".pdf", Now, Id).Value.Split('/')[^1];

        Assert.Equal(100, name.Length);
        Assert.EndsWith("a.pdf", name, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_id_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ObjectKey.ForUpload("a", Now, Guid.Empty));
        Assert.Throws<ArgumentNullException>(() => ObjectKey.ForUpload(null!, Now, Id));
    }
}
