using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LedgerLift.ArchitectureTests;

/// <summary>The compiler's XML documentation of one package as plain text.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocumentation Of(string package) =>
        new(
            XDocument
                .Load(BuiltAssembly.FileOf(package, ".xml"))
                .Descendants("member")
                .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        );

    /// <summary>Value, summary and remarks of a property in one line; references are shown by their last name.</summary>
    public string TextOf(PropertyInfo property)
    {
        var id = $"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}";
        if (!_members.TryGetValue(id, out var member))
        {
            return "";
        }

        string[] parts = ["summary", "value", "remarks"];
        return Spaces().Replace(string.Join(' ', parts.SelectMany(part => member.Elements(part)).Select(Text)), " ").Trim();
    }

    private static string Text(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(node =>
                    node switch
                    {
                        XText text => text.Value,
                        XElement inner when !inner.IsEmpty => Text(inner),
                        XElement inner => inner.Attribute("langword")?.Value ?? inner.Attribute("name")?.Value ?? LastName(inner),
                        _ => "",
                    }
                )
        );

    private static string LastName(XElement reference) => reference.Attribute("cref")?.Value.Split('.')[^1] ?? "";

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
