using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.ArchitectureTests;

/// <summary>Writes parameter lists, return types and generic constraints.</summary>
internal sealed class ParameterText(TypeText types, AttributeText attributes)
{
    public string List(MethodBase method) => List(method.GetParameters(), method.IsDefined(typeof(ExtensionAttribute), inherit: false));

    public string List(IReadOnlyList<ParameterInfo> parameters, bool extension = false) =>
        string.Join(", ", parameters.Select((parameter, index) => (extension && index == 0 ? "this " : "") + One(parameter)));

    public string Return(MethodInfo method)
    {
        var result = method.ReturnParameter;
        var prefix = (result.ParameterType.IsByRef, IsReadOnly(result)) switch
        {
            (true, true) => "ref readonly ",
            (true, false) => "ref ",
            _ => "",
        };
        return prefix + types.Of(result.ParameterType, NullableFlags.Of(result));
    }

    public string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(Constraint));

    private static bool IsReadOnly(ParameterInfo parameter) =>
        parameter
            .GetCustomAttributesData()
            .Any(attribute => string.Equals(attribute.AttributeType.Name, "IsReadOnlyAttribute", StringComparison.Ordinal))
        || parameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.InteropServices.InAttribute));

    private string One(ParameterInfo parameter)
    {
        var type = types.Of(parameter.ParameterType, NullableFlags.Of(parameter));
        var value = parameter.HasDefaultValue ? " = " + ValueText.Of(parameter.RawDefaultValue, parameter.ParameterType, types) : "";
        return $"{attributes.Inline(parameter.GetCustomAttributesData())}{Passing(parameter)}{type} {parameter.Name}{value}";
    }

    private static string Passing(ParameterInfo parameter)
    {
        var names = parameter.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name).ToHashSet(StringComparer.Ordinal);
        return parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true } when names.Contains("RequiresLocationAttribute") => "ref readonly ",
            { ParameterType.IsByRef: true } when names.Contains("IsReadOnlyAttribute") => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when names.Contains("ParamArrayAttribute") || names.Contains("ParamCollectionAttribute") => "params ",
            _ when names.Contains("ScopedRefAttribute") => "scoped ",
            _ => "",
        };
    }

    private string Constraint(Type parameter)
    {
        var rules = Rules(parameter).ToList();
        return rules.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", rules)}";
    }

    private IEnumerable<string> Rules(Type parameter)
    {
        var special = parameter.GenericParameterAttributes;
        var isStruct = special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var isUnmanaged = parameter
            .GetCustomAttributesData()
            .Any(attribute => string.Equals(attribute.AttributeType.Name, "IsUnmanagedAttribute", StringComparison.Ordinal));
        if (isStruct)
        {
            yield return isUnmanaged ? "unmanaged" : "struct";
        }
        else if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return NullableFlags.OfConstraint(parameter).NextIsAnnotated() ? "class?" : "class";
        }
        else if (parameter.GetGenericParameterConstraints().Length == 0 && NullableFlags.OfConstraint(parameter).Next() == 1)
        {
            yield return "notnull";
        }

        foreach (var bound in parameter.GetGenericParameterConstraints().Where(bound => bound != typeof(ValueType)))
        {
            yield return types.Of(bound);
        }

        if (!isStruct && special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            yield return "new()";
        }

        if (special.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }
}
