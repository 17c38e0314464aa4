using System.Reflection;

namespace LedgerLift.ArchitectureTests;

/// <summary>What the rules ask of methods that return a task or a stream.</summary>
internal static class AsyncMethod
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> s_callerInformation = new(StringComparer.Ordinal)
    {
        "CallerArgumentExpressionAttribute",
        "CallerFilePathAttribute",
        "CallerLineNumberAttribute",
        "CallerMemberNameAttribute",
    };

    /// <summary>The asynchronous methods somebody wrote and named; not what a foreign base class or interface prescribes.</summary>
    public static IEnumerable<MethodInfo> Of(Type type)
    {
        var prescribed = Prescribed(type).ToHashSet();
        return type.GetMethods(Declared)
            .Where(method =>
                IsAsynchronous(method.ReturnType)
                && !method.IsSpecialName
                && method.Name.AsSpan().IndexOfAny('<', '.') < 0
                && !prescribed.Contains(method)
                && (method.GetBaseDefinition() == method || BuiltAssembly.IsOurs(method.GetBaseDefinition().DeclaringType!))
            );
    }

    public static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}";

    /// <summary>Whether an optional CancellationToken is last; caller information, which the compiler fills in, may follow.</summary>
    public static bool EndsWithOptionalToken(MethodInfo method) =>
        method.GetParameters().LastOrDefault(parameter => !IsCallerInformation(parameter)) is { HasDefaultValue: true } last
        && last.ParameterType == typeof(CancellationToken);

    private static bool IsCallerInformation(ParameterInfo parameter) =>
        parameter.GetCustomAttributesData().Any(attribute => s_callerInformation.Contains(attribute.AttributeType.Name));

    private static bool IsAsynchronous(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Task)
            || definition == typeof(Task<>)
            || definition == typeof(ValueTask)
            || definition == typeof(ValueTask<>)
            || definition == typeof(IAsyncEnumerable<>);
    }

    private static IEnumerable<MethodInfo> Prescribed(Type type) =>
        type.IsInterface
            ? []
            : type.GetInterfaces().Where(face => !BuiltAssembly.IsOurs(face)).SelectMany(face => type.GetInterfaceMap(face).TargetMethods);
}
