using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Storage.Tests;

public sealed class ObjectKeyProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(3000);
    private static readonly Uri Base = new("https://s3.example/bucket/");

    private static readonly Arbitrary<string> Texts = (
        from length in Gen.Choose(0, 10)
        from pieces in Gen.Elements(
                "a",
                "Z",
                "ä",
                "🙂",
                "日",
                ".",
                "..",
                "/",
                "//",
                "\\",
                "%",
                "%2e",
                "%2F",
                "%25",
                "%5c",
                "\0",
                "\r",
                "\u2029",
                "\uFF0E",
                "\uFF0F",
                "\uD800",
                " ",
                "+",
                "?",
                "#"
            )
            .ArrayOf(length)
        select string.Concat(pieces)
    ).ToArbitrary();

    [Fact]
    public void Parse_and_TryParse_agree_and_keep_the_text() =>
        Prop.ForAll(
                Texts,
                text =>
                {
                    if (ObjectKey.TryParse(text, out var key))
                        return key.Value == text && ObjectKey.Parse(text) == key;
                    Assert.Throws<FormatException>(() => ObjectKey.Parse(text));
                    return true;
                }
            )
            .Check(Runs);

    [Fact]
    public void No_URL_library_folds_a_key_into_another_place() =>
        Prop.ForAll(
                Texts,
                text =>
                    !ObjectKey.TryParse(text, out var key)
                    || (
                        Keeps(string.Join('/', key.Value.Split('/').Select(Uri.EscapeDataString)))
                        // Somebody who escapes too little, or decodes before the path is taken apart.
                        && Keeps(key.Value.Replace("#", "%23", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal))
                        && Keeps(
                            Uri.UnescapeDataString(key.Value)
                                .Replace("#", "%23", StringComparison.Ordinal)
                                .Replace("?", "%3F", StringComparison.Ordinal)
                        )
                    )
            )
            .Check(Runs);

    [Fact]
    public void Whatever_the_file_is_called_its_key_is_one_and_holds_no_more_than_harmless_letters() =>
        Prop.ForAll(
                Texts,
                text =>
                {
                    var key = ObjectKey.ForUpload(text, DateTimeOffset.UnixEpoch, Guid.NewGuid());
                    var name = key.Value.Split('/')[^1];
                    return ObjectKey.TryParse(key.Value, out _)
                        && key.Value.Split('/').Length == 6
                        && name.Length is >= 1 and <= 100
                        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
                        && name[0] != '.'
                        && name[^1] != '.';
                }
            )
            .Check(Runs);

    [Fact]
    public void The_order_of_listings_is_that_of_the_bytes() =>
        Prop.ForAll(
                Texts,
                Texts,
                (left, right) =>
                    !HostileText.IsWellFormed(left)
                    || !HostileText.IsWellFormed(right)
                    || Math.Sign(Utf8Order.Compare(left, right))
                        == Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)))
            )
            .Check(Runs);

    private static bool Keeps(string path) =>
        !Uri.TryCreate(Base, path, out var url)
        || url.AbsolutePath.StartsWith("/bucket/", StringComparison.Ordinal)
        || path.Contains(':', StringComparison.Ordinal);
}
