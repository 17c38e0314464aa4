using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.ArchitectureTests;

/// <summary>The first line of a type: modifiers, kind, name, base and interfaces, constraints.</summary>
internal sealed class TypeHead
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Type _type;
    private readonly TypeText _types;
    private readonly ParameterText _parameters;

    public TypeHead(Type type, TypeText types, ParameterText parameters)
    {
        _type = type;
        _types = types;
        _parameters = parameters;
        IsDelegate = type.IsSubclassOf(typeof(MulticastDelegate));
        IsRecord =
            type.GetMethod("PrintMembers", Own) is { } printer && printer.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
    }

    public bool IsDelegate { get; }

    public bool IsRecord { get; }

    public string Text
    {
        get
        {
            var access = _type.IsNestedFamily || _type.IsNestedFamORAssem ? "protected " : "public ";
            var constraints = _parameters.Constraints(
                _type.GetGenericArguments().Skip(_type.DeclaringType?.GetGenericArguments().Length ?? 0)
            );
            if (IsDelegate)
            {
                var invoke = _type.GetMethod("Invoke")!;
                return $"{access}delegate {_parameters.Return(invoke)} {TypeText.Declared(_type)}({_parameters.List(invoke)}){constraints};";
            }

            var bases = Bases().ToList();
            return $"{access}{Kind()} {TypeText.Declared(_type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}{constraints}";
        }
    }

    private string Kind()
    {
        var record = IsRecord ? "record " : "";
        return _type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => $"{(Has<IsReadOnlyAttribute>() ? "readonly " : "")}{(_type.IsByRefLike ? "ref " : "")}{record}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => $"{(_type.IsAbstract ? "abstract " : "")}{(_type.IsSealed ? "sealed " : "")}{(IsRecord ? "record" : "class")}",
        };
    }

    private IEnumerable<string> Bases()
    {
        if (_type.IsEnum)
        {
            return Enum.GetUnderlyingType(_type) is var underlying && underlying != typeof(int) ? [_types.Of(underlying)] : [];
        }

        var parent =
            _type is { IsClass: true, BaseType: { } declared } && declared != typeof(object)
                ? [_types.Of(declared)]
                : Array.Empty<string>();
        return [.. parent, .. OwnInterfaces().Where(face => face.IsVisible).Select(_types.Of).Order(StringComparer.Ordinal)];
    }

    // Interfaces that the base type or another interface of the list already brings are not repeated.
    private IEnumerable<Type> OwnInterfaces()
    {
        var all = _type.GetInterfaces();
        var implied = all.SelectMany(face => face.GetInterfaces()).Concat(_type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        return all.Where(face => !implied.Contains(face) && !(IsRecord && face == typeof(IEquatable<>).MakeGenericType(_type)));
    }

    private bool Has<T>()
        where T : Attribute => _type.IsDefined(typeof(T), inherit: false);
}
