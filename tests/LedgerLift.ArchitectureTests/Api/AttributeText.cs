using System.Reflection;

namespace LedgerLift.ArchitectureTests;

/// <summary>The attributes that are a promise to the caller; the others are the package's own business.</summary>
internal sealed class AttributeText(TypeText types)
{
    private static readonly HashSet<string> s_promises = new(StringComparer.Ordinal)
    {
        "AllowNullAttribute",
        "CallerArgumentExpressionAttribute",
        "CallerFilePathAttribute",
        "CallerLineNumberAttribute",
        "CallerMemberNameAttribute",
        "DisallowNullAttribute",
        "DoesNotReturnAttribute",
        "DoesNotReturnIfAttribute",
        "DynamicallyAccessedMembersAttribute",
        "EditorBrowsableAttribute",
        "ExperimentalAttribute",
        "FlagsAttribute",
        "MaybeNullAttribute",
        "MaybeNullWhenAttribute",
        "MemberNotNullAttribute",
        "MemberNotNullWhenAttribute",
        "NotNullAttribute",
        "NotNullIfNotNullAttribute",
        "NotNullWhenAttribute",
        "ObsoleteAttribute",
        "RequiresDynamicCodeAttribute",
        "RequiresUnreferencedCodeAttribute",
        "SetsRequiredMembersAttribute",
        "UnscopedRefAttribute",
    };

    /// <summary>Each attribute in brackets, in stable order. The compiler's own Obsolete on a ref struct or a required member is left out.</summary>
    public IEnumerable<string> Of(IEnumerable<CustomAttributeData> attributes) =>
        attributes
            .Where(attribute => s_promises.Contains(attribute.AttributeType.Name) && !IsCompilersOwn(attribute))
            .Select(Text)
            .Order(StringComparer.Ordinal);

    public string Inline(IEnumerable<CustomAttributeData> attributes) => string.Concat(Of(attributes).Select(text => text + " "));

    private static bool IsCompilersOwn(CustomAttributeData attribute) =>
        attribute is { AttributeType.Name: "ObsoleteAttribute", ConstructorArguments: [{ Value: string reason }, ..] }
        && (
            reason.StartsWith("Types with embedded references are not supported", StringComparison.Ordinal)
            || reason.StartsWith("Constructors of types with required members are not supported", StringComparison.Ordinal)
        );

    private string Text(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name[..^"Attribute".Length];
        var arguments = attribute
            .ConstructorArguments.Select(Argument)
            .Concat(attribute.NamedArguments.Select(named => $"{named.MemberName} = {Argument(named.TypedValue)}"))
            .ToList();
        return arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
    }

    private string Argument(CustomAttributeTypedArgument argument) =>
        argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> many
            ? string.Join(", ", many.Select(Argument))
            : ValueText.Of(argument.Value, argument.ArgumentType, types);
}
