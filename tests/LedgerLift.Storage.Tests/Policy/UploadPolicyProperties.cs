using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Storage.Tests;

public sealed class UploadPolicyProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(3000);
    private static readonly UploadPolicy Policy = new();

    /// <summary>Names put together from what attacks are made of and what people write.</summary>
    private static readonly Arbitrary<string> Names = (
        from length in Gen.Choose(0, 12)
        from pieces in Gen.Elements(
                "a",
                "b",
                "Rechnung",
                "ä",
                "e\u0301",
                "日",
                "🙂",
                ".",
                "..",
                "/",
                "\\",
                "%",
                "%2F",
                "%2e",
                "%25",
                "%00",
                "\0",
                "\n",
                " ",
                "\u00A0",
                "\uFF0E",
                "\uFF0F",
                "\u202E",
                "\u200B",
                "\uD800",
                "\uDC00",
                "CON",
                "nul",
                "COM1",
                "COM\u00B9",
                "pdf",
                ".pdf",
                ":",
                "*",
                "\u2024",
                "\u2215"
            )
            .ArrayOf(length)
        from ending in Gen.Elements(".pdf", ".PDF", "", ".exe")
        select string.Concat(pieces) + ending
    ).ToArbitrary();

    [Fact]
    public void No_name_makes_it_throw_and_an_accepted_one_is_safe_everywhere() =>
        Prop.ForAll(
                Names,
                name =>
                {
                    var verdict = Policy.Check(name, "application/pdf", 1);
                    return verdict.Accepted ? IsSafe(verdict.SafeFileName!) : verdict.SafeFileName is null && verdict.Faults.Count > 0;
                }
            )
            .Check(Runs);

    [Fact]
    public void A_safe_name_stays_what_it_is() =>
        Prop.ForAll(
                Names,
                name =>
                    Policy.Check(name, "application/pdf", 1).SafeFileName is not { } safe
                    || string.Equals(Policy.Check(safe, "application/pdf", 1).SafeFileName, safe, StringComparison.Ordinal)
            )
            .Check(Runs);

    [Fact]
    public void The_names_tried_are_of_both_kinds()
    {
        var accepted = 0;
        Prop.ForAll(
                Names,
                name =>
                {
                    if (Policy.Check(name, "application/pdf", 1).Accepted)
                        accepted++;
                }
            )
            .Check(Runs);

        Assert.InRange(accepted, 50, 2000);
    }

    [Fact]
    public void Whatever_the_bytes_are_the_content_gets_a_verdict() =>
        Prop.ForAll(
                (
                    from start in Gen.Elements("", "%PDF-1", "PK\x03\x04", "II*\0", "MM\0*", "\u00FF\u00D8\u00FF", "a;b\n")
                    from length in Gen.Choose(0, 100)
                    from rest in Gen.Choose(0, 255).Select(static code => (byte)code).ArrayOf(length)
                    select (byte[])[.. Encoding.Latin1.GetBytes(start), .. rest]
                ).ToArbitrary(),
                bytes => new UploadPolicyOptions().AllowedTypes.Keys.Count(type => Policy.CheckContent(bytes, type).Accepted) <= 1
            )
            .Check(Runs);

    private static bool IsSafe(string name) =>
        name.IsNormalized(NormalizationForm.FormC)
        && Encoding.UTF8.GetByteCount(name) <= 255
        && !name.Any(static letter => "/\\:*?\"<>|\0\u202E\u200B".Contains(letter, StringComparison.Ordinal))
        && !name.Any(char.IsControl)
        && name[0] is not ('.' or ' ')
        && name[^1] is not ('.' or ' ')
        && name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
        && string.Equals(Path.GetFileName(name), name, StringComparison.Ordinal)
        && !Uri.UnescapeDataString(name).AsSpan().ContainsAny("/\\\0");
}
