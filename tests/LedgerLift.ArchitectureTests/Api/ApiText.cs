using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace LedgerLift.ArchitectureTests;

/// <summary>
/// Writes the public surface of an assembly as C#-like text: everything a caller can compile against, in an order that depends on
/// names only. What the compiler adds to a record is not repeated; tuple element names are not written.
/// </summary>
internal sealed class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly StringBuilder _text = new();
    private readonly TypeText _types;
    private readonly AttributeText _attributes;
    private readonly ParameterText _parameters;
    private readonly MemberText _members;

    private ApiText(string ownNamespace)
    {
        _types = new TypeText(ownNamespace);
        _attributes = new AttributeText(_types);
        _parameters = new ParameterText(_types, _attributes);
        _members = new MemberText(_types, _attributes, _parameters);
    }

    public static string Of(string name, IEnumerable<Type> types)
    {
        var writer = new ApiText(name);
        writer._text.Append("// The public API of ").Append(name).Append(". Rewritten by eng/approve-api.\n");
        foreach (
            var group in types.GroupBy(type => type.Namespace, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            writer._text.Append("namespace ").Append(group.Key).Append(";\n");
            foreach (var type in group.Where(type => !type.IsNested).OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                writer._text.Append('\n');
                writer.Type(type, "");
            }
        }

        return writer._text.ToString();
    }

    private void Type(Type type, string indent)
    {
        var head = new TypeHead(type, _types, _parameters);
        foreach (var attribute in _attributes.Of(type.GetCustomAttributesData()))
        {
            Line(indent, attribute);
        }

        Line(indent, head.Text);
        if (head.IsDelegate)
        {
            return;
        }

        Line(indent, "{");
        var inside = indent + "    ";
        foreach (var line in type.IsEnum ? EnumMembers(type) : Members(type, head.IsRecord))
        {
            Line(inside, line);
        }

        foreach (var nested in Nested(type))
        {
            _text.Append('\n');
            Type(nested, inside);
        }

        Line(indent, "}");
    }

    private void Line(string indent, string line) => _text.Append(indent).Append(line).Append('\n');

    private static IEnumerable<Type> Nested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Where(nested =>
                (nested.IsNestedPublic || nested.IsNestedFamily || nested.IsNestedFamORAssem) && !BuiltAssembly.IsGenerated(nested)
            )
            .OrderBy(nested => nested.Name, StringComparer.Ordinal);

    private IEnumerable<string> EnumMembers(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(field => Convert.ToDecimal(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture))
            .ThenBy(field => field.Name, StringComparer.Ordinal)
            .Select(field =>
                $"{_attributes.Inline(field.GetCustomAttributesData())}{field.Name} = {ValueText.Of(field.GetRawConstantValue(), Enum.GetUnderlyingType(type), _types)},"
            );

    private IEnumerable<string> Members(Type type, bool isRecord)
    {
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly);
        var constructors = type.GetConstructors(Declared).Where(constructor => !constructor.IsStatic && MemberText.IsVisible(constructor));
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(MemberText.IsVisible));
        var events = type.GetEvents(Declared).Where(declared => MemberText.IsVisible(declared.AddMethod!));
        var methods = type.GetMethods(Declared)
            .Where(method => MemberText.IsVisible(method) && (!method.IsSpecialName || Operators.NameOf(method) is not null));
        return
        [
            .. Sorted(fields.Select(_members.Field)),
            .. Sorted(constructors.Where(constructor => !IsRecordCopy(constructor, isRecord)).Select(_members.Constructor)),
            .. Sorted(properties.Where(property => !IsContract(property, isRecord)).Select(_members.Property)),
            .. Sorted(events.Select(_members.Event)),
            .. Sorted(methods.Where(method => !IsSynthesized(method, isRecord)).Select(_members.Method)),
        ];
    }

    private static IOrderedEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    private static bool IsRecordCopy(ConstructorInfo constructor, bool isRecord) =>
        isRecord && constructor.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsContract(PropertyInfo property, bool isRecord) =>
        isRecord && string.Equals(property.Name, "EqualityContract", StringComparison.Ordinal);

    // Deconstruct is kept: it tells a positional record from one with the same properties.
    private static bool IsSynthesized(MethodInfo method, bool isRecord) =>
        method.Name.Contains('<', StringComparison.Ordinal)
        || (
            isRecord
            && !string.Equals(method.Name, "Deconstruct", StringComparison.Ordinal)
            && method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        );
}
