using System.CodeDom.Compiler;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>What the types of log states tell about the values in them.</summary>
internal static class StateTypes
{
    private const string AnyTemplate = "FormattedLogValues";

    private static readonly Assembly s_abstractions = typeof(LoggerMessage).Assembly;

    /// <summary>Whether the framework or its source generator made the type: then the message is the template with the values and nothing else.</summary>
    public static bool IsOfFramework(Type type) =>
        type.Assembly == s_abstractions || type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false);

    /// <summary>Whether the type carries any template, not one or a few.</summary>
    public static bool HasAnyTemplate(Type type) =>
        type.Assembly == s_abstractions && string.Equals(type.Name, AnyTemplate, StringComparison.Ordinal);

    /// <summary>Whether the value under a key can only be a number, a date or the like, by the type the state declares for it.</summary>
    /// <param name="type">The type of state.</param>
    /// <param name="index">The place of the pair.</param>
    /// <param name="key">Its key.</param>
    public static bool IsScalar(Type type, int index, string key)
    {
        var declared = DeclaredType(type, index, key);
        return declared is { IsValueType: true } && TypePlan.IsScalar(Nullable.GetUnderlyingType(declared) ?? declared);
    }

    // LoggerMessage.Define keeps the values in type arguments in their order; the generator in fields named after them.
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "A field that was trimmed away is unknown here, and the value is then read every time."
    )]
    [SuppressMessage(
        "Major Code Smell",
        "S3011",
        Justification = "Only the declared type of the generator's field is read, to spare boxing its value."
    )]
    private static Type? DeclaredType(Type type, int index, string key)
    {
        if (type.DeclaringType == typeof(LoggerMessage) && type.IsGenericType)
            return index < type.GenericTypeArguments.Length ? type.GenericTypeArguments[index] : null;

        return type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
            ? type.GetField($"_{key}", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.IgnoreCase)?.FieldType
            : null;
    }
}
