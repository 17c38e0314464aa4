using System.Reflection;
using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>
/// The documentation of every property of a public class named ...Options or ...Settings says <c>The default is …</c> with the value
/// that a new instance really has, or <c>There is no default</c> when the property starts as null or empty and must be set.
/// </summary>
public sealed partial class OptionsDocumentationTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_says_its_default_and_says_it_right(string name)
    {
        var documentation = XmlDocumentation.Of(name);

        Faults.None(
            "Options whose documentation does not say their default:",
            BuiltAssembly
                .PublicTypes(name)
                .Where(IsOptions)
                .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                .Where(property => property.GetMethod is not null)
                .Select(property => (property, fault: FaultOf(documentation.TextOf(property), DefaultOf(property))))
                .Where(each => each.fault is not null)
                .Select(each => $"{each.property.DeclaringType!.FullName}.{each.property.Name}: {each.fault}")
        );
    }

    [Theory]
    [InlineData("How often. The default is 3.", 3, true)]
    [InlineData("How often. The default is 3.", 4, false)]
    [InlineData("How often. The default is 30.", 3, false)]
    [InlineData("How often, 3 times.", 3, false)]
    [InlineData("How big. The default is 8 MiB. More is slower.", 8L << 20, true)]
    [InlineData("How many. The default is 100 000.", 100_000, true)]
    [InlineData("The default is 0.2: a fifth.", 0.2, true)]
    [InlineData("The default is null, which means for ever.", null, true)]
    [InlineData("The default is five. Not null.", null, false)]
    [InlineData("There is no default: it must be set.", "", true)]
    [InlineData("There is no default: it must be set.", "x", false)]
    public void The_value_is_looked_for_in_the_sentence_about_the_default(string text, object? value, bool right) =>
        Assert.Equal(right, FaultOf(text, value) is null);

    [Fact]
    public void Durations_are_written_in_any_whole_unit()
    {
        Assert.Null(FaultOf("The default is 60 seconds.", TimeSpan.FromMinutes(1)));
        Assert.Null(FaultOf("The default is 1 minute.", TimeSpan.FromMinutes(1)));
        Assert.NotNull(FaultOf("The default is 10 minutes.", TimeSpan.FromMinutes(1)));
    }

    private static bool IsOptions(Type type) =>
        type.IsClass
        && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal));

    private static object? DefaultOf(PropertyInfo property) => property.GetValue(Activator.CreateInstance(property.DeclaringType!));

    private static string? FaultOf(string text, object? value)
    {
        if (text.Contains("There is no default", StringComparison.Ordinal))
        {
            return DefaultText.IsNothing(value) ? null : $"says there is no default, and it is {value}";
        }

        if (DefaultSentence().Match(text) is not { Success: true } sentence)
        {
            return "add `The default is ….` to its summary or value";
        }

        var spellings = DefaultText.Spellings(value);
        var said = sentence.Groups["said"].Value;
        return spellings.Count == 0 || spellings.Any(spelling => Says(said, spelling))
            ? null
            : $"says `{said}`, and it is {string.Join(" or ", spellings.Distinct(StringComparer.Ordinal))}";
    }

    private static bool Says(string said, string spelling) =>
        Regex.IsMatch(said, $@"(?<![\w.,]){Regex.Escape(spelling)}(?![\w]|[.,]\d)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // Up to the end of the sentence: a full stop that a space or the end follows.
    [GeneratedRegex(@"The default is (?<said>.*?)(\.(?=\s|$)|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DefaultSentence();
}
