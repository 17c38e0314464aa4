namespace LedgerLift.ArchitectureTests;

/// <summary>Writes a type as C# does. Types of the package itself and of the implicitly used namespaces go without their namespace.</summary>
internal sealed class TypeText(string ownNamespace)
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private readonly HashSet<string> _shortNamespaces = new(StringComparer.Ordinal)
    {
        ownNamespace,
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
    };

    public string Of(Type type) => Of(type, NullableFlags.None);

    public string Of(Type type, NullableFlags flags)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return Of(type.GetElementType()!, flags) + (type.IsPointer ? "*" : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, flags) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name + Mark(flags);
        }

        if (type.IsArray)
        {
            var mark = Mark(flags);
            return $"{Of(type.GetElementType()!, flags)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        return Named(type, flags);
    }

    /// <summary>The name under which a type is declared: nested ones without their owner, generic ones with their parameters.</summary>
    public static string Declared(Type type)
    {
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = type.GetGenericArguments().Skip(inherited).ToList();
        return own.Count == 0 ? type.Name : $"{WithoutArity(type.Name)}<{string.Join(", ", own.Select(Parameter))}>";
    }

    private static string Parameter(Type parameter)
    {
        var variance = parameter.GenericParameterAttributes & System.Reflection.GenericParameterAttributes.VarianceMask;
        return variance switch
        {
            System.Reflection.GenericParameterAttributes.Covariant => "out " + parameter.Name,
            System.Reflection.GenericParameterAttributes.Contravariant => "in " + parameter.Name,
            _ => parameter.Name,
        };
    }

    private static string WithoutArity(string name)
    {
        var mark = name.IndexOf('`', StringComparison.Ordinal);
        return mark < 0 ? name : name[..mark];
    }

    private static string Mark(NullableFlags flags) => flags.NextIsAnnotated() ? "?" : "";

    private string Named(Type type, NullableFlags flags)
    {
        // A value type has a flag of its own only when it is generic, and that flag says nothing.
        var mark = type switch
        {
            { IsValueType: false } => Mark(flags),
            { IsGenericType: true } => flags.Next() == byte.MaxValue ? "?" : "",
            _ => "",
        };
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        var arguments = new Queue<string>(type.GetGenericArguments().Select(argument => Of(argument, flags)));
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            return $"({string.Join(", ", arguments)}){mark}";
        }

        var name = Qualified(type, arguments);
        return (string.IsNullOrEmpty(type.Namespace) || _shortNamespaces.Contains(type.Namespace) ? name : $"{type.Namespace}.{name}")
            + mark;
    }

    private static string Qualified(Type type, Queue<string> arguments)
    {
        var owner = type.DeclaringType is { } declaring ? Qualified(declaring, arguments) + "." : "";
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = Enumerable.Range(0, type.GetGenericArguments().Length - inherited).Select(_ => arguments.Dequeue()).ToList();
        return owner + WithoutArity(type.Name) + (own.Count == 0 ? "" : $"<{string.Join(", ", own)}>");
    }
}
