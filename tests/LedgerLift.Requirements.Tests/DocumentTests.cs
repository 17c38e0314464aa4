using System.Text.RegularExpressions;
using LedgerLift.Testing;

namespace LedgerLift.Requirements.Tests;

/// <summary>Holds docs/requirements.md and docs/alerts.md to what exists.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_test_that_the_requirements_name_exists()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Aggregate(new System.Text.StringBuilder(), (all, text) => all.Append(text))
            .ToString();

        var named = TestName().Matches(Read("docs/requirements.md")).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count >= 19);
        Assert.All(named, name => Assert.Contains($" {name}(", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_of_the_19_properties_has_a_row_and_a_test_that_is_tagged_with_its_number()
    {
        var tagged = typeof(DocumentTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(TraitAttribute), inherit: false).Cast<TraitAttribute>())
            .Where(trait => trait.Name == "Property")
            .Select(trait => int.Parse(trait.Value, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        var document = Read("docs/requirements.md");

        Assert.Equal(Enumerable.Range(1, 19), tagged.Order());
        Assert.All(Enumerable.Range(1, 19), number => Assert.Contains($"\n| {number} |", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_promise_names_a_test()
    {
        var document = Read("docs/requirements.md");
        var from = document.IndexOf("## Promises of the documents", StringComparison.Ordinal);
        var promises = document[from..document.IndexOf("## What does not translate", StringComparison.Ordinal)]
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Promise |", StringComparison.Ordinal))
            .ToList();

        Assert.True(promises.Count >= 70);
        Assert.All(promises, promise => Assert.Matches(TestName(), promise.Split('|')[3]));
    }

    [Fact]
    public void Every_alert_watches_a_metric_that_exists()
    {
        var catalogue = Read("docs/telemetry.md");

        var watched = AlertRow()
            .Matches(Read("docs/alerts.md"))
            .Select(match => (Name: match.Groups["name"].Value, Rule: match.Groups["rule"].Value))
            .ToList();

        Assert.True(watched.Count >= 15);
        Assert.All(
            watched,
            alert =>
            {
                Assert.Contains($"`{alert.Name}`", catalogue, StringComparison.Ordinal);
                Assert.Contains(alert.Name.Replace('.', '_'), alert.Rule, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Every_setting_of_the_documents_is_in_both_examples_and_in_the_production_file()
    {
        var names = SettingName()
            .Matches(Read("samples/DocumentPipeline/Settings/NamedSettings.cs"))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        Assert.True(names.Count >= 25);
        foreach (var file in (string[])[".env.example", ".env.prod.example", "compose.prod.yaml"])
            Assert.All(names, name => Assert.Contains(name, Read(file), StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`", RegexOptions.NonBacktracking)]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| `(?<name>ledgerlift\.[a-z_.]+)` \| `(?<rule>[^|]+)` \|", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex AlertRow();

    [GeneratedRegex("\"(?<name>[A-Z][A-Z0-9_]+_[A-Z0-9_]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex SettingName();
}
