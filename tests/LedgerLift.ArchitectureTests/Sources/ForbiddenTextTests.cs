using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

public sealed class ForbiddenTextTests
{
    private static readonly string[] s_everything = [".", "src", "tests", "samples", "benchmarks", "eng", "docs", ".ci", ".config"];

    private static readonly Dictionary<string, ForbiddenText> s_rules = new(StringComparer.Ordinal)
    {
        ["machine path"] = new(
            "No file names a folder of somebody's machine:",
            Compile(@"(?<![\w.\-/:$}])/(root|home|work|Users)/[\w.]"),
            "*",
            s_everything
        ),
        ["registry host"] = new(
            "No file names a package registry; restore uses the sources of whoever builds:",
            Compile(
                @"nuget[.]org|myget[.]org|pkgs[.]dev[.]azure[.]com|nuget[.]pkg[.]github[.]com|registry[.]npmjs[.]org|artifactor[y]|jfrog[.]io"
            ),
            "*",
            s_everything
        ),
        ["unfinished work"] = new(
            "Nothing under src is left for later:",
            Compile(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplementedExcep[t]ion)\b"),
            "*.cs",
            "src"
        ),
        ["skipped test"] = new(
            "A test runs or is deleted; none is skipped:",
            Compile(@"\bSkip(When|Unless)?\s*=[^=>]|\bAssert[.]Skip"),
            "*.cs",
            "tests"
        ),
        ["sleep"] = new(
            "Wait for the event, not for a time:",
            Compile(@"\bThread[.]Sleep\b"),
            "*.cs",
            "src",
            "tests",
            "samples",
            "benchmarks"
        ),
    };

    public static TheoryData<string> Rules => [.. s_rules.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void No_file_holds_a(string rule) => Faults.None(s_rules[rule].Reason, s_rules[rule].Occurrences());

    [Theory]
    [InlineData("machine path", "see /ro" + "ot/x", "https://host/home/x")]
    [InlineData("machine path", "\"/ho" + "me/me/x\"", "tests/work/x")]
    [InlineData("registry host", "https://api.nuget" + ".org/v3", "nuget.config")]
    [InlineData("unfinished work", "// TO" + "DO: later", "today")]
    [InlineData("skipped test", "[Fact(Sk" + "ip = \"later\")]", "items.Skip(1)")]
    [InlineData("sleep", "Thread.Sl" + "eep(1)", "Thread.Yield()")]
    public void A_rule_finds_what_it_is_for_and_nothing_like_it(string rule, string forbidden, string allowed)
    {
        Assert.Matches(s_rules[rule].Pattern, forbidden);
        Assert.DoesNotMatch(s_rules[rule].Pattern, allowed);
    }

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
