using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LedgerLift.Logging;

/// <summary>What is known of a type: how its values are followed, and the members that are read. Made once a type; thread-safe.</summary>
internal sealed class TypePlan
{
    private static readonly ConditionalWeakTable<Type, TypePlan> s_plans = [];

    private static readonly HashSet<Type> s_scalars =
    [
        typeof(bool),
        typeof(char),
        typeof(float),
        typeof(double),
        typeof(Half),
        typeof(decimal),
        typeof(Int128),
        typeof(UInt128),
        typeof(BigInteger),
        typeof(sbyte),
        typeof(byte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(nint),
        typeof(nuint),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
        typeof(Guid),
        typeof(Version),
        typeof(Index),
        typeof(Range),
        typeof(DBNull),
        typeof(CancellationToken),
    ];

    private static readonly Type[] s_bytes =
    [
        typeof(ReadOnlyMemory<byte>),
        typeof(Memory<byte>),
        typeof(IEnumerable<byte>),
        typeof(IEnumerable<sbyte>),
        typeof(Stream),
    ];

    private static readonly Type[] s_texts =
    [
        typeof(StringBuilder),
        typeof(Uri),
        typeof(ReadOnlyMemory<char>),
        typeof(Memory<char>),
        typeof(IEnumerable<char>),
        typeof(Rune),
    ];

    private static readonly Type[] s_shownByText =
    [
        typeof(Type),
        typeof(MemberInfo),
        typeof(CultureInfo),
        typeof(IPAddress),
        typeof(EndPoint),
        typeof(Encoding),
    ];

    private TypePlan(TypeShape shape)
    {
        Shape = shape;
    }

    /// <summary>How values are followed.</summary>
    public TypeShape Shape { get; }

    /// <summary>The public properties and fields that are read.</summary>
    public IReadOnlyList<TypeMember> Members { get; private init; } = [];

    /// <summary>Whether the type writes a text of its own, as records do.</summary>
    public bool HasText { get; private init; }

    /// <summary>Whether a sequence holds its items, so that reading it twice gives the same.</summary>
    public bool IsCollection { get; private init; }

    /// <summary>The plan for a value.</summary>
    public static TypePlan Of(object value) => s_plans.GetValue(value.GetType(), static type => Make(type));

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2067",
        Justification = "A member that was trimmed away cannot be shown by a provider either; a text that shows it is searched."
    )]
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "Without its interfaces a collection counts as lazy and is copied."
    )]
    private static TypePlan Make(Type type)
    {
        var shape = ShapeOf(type);
        return new TypePlan(shape)
        {
            Members = shape is TypeShape.Members ? TypeMember.Of(type) : [],
            HasText = HasOwnText(type),
            IsCollection = Is(type, typeof(ICollection)) || Array.Exists(type.GetInterfaces(), IsCollectionInterface),
        };
    }

    private static bool IsCollectionInterface(Type face) =>
        face.IsGenericType
        && face.GetGenericTypeDefinition() is var type
        && (type == typeof(IReadOnlyCollection<>) || type == typeof(ICollection<>));

    private static TypeShape ShapeOf(Type type)
    {
        if (s_scalars.Contains(type) || type.IsEnum)
            return TypeShape.Scalar;

        if (type == typeof(long) || type == typeof(ulong))
            return TypeShape.Number;

        if (Is(type, s_bytes))
            return TypeShape.Bytes;

        if (Is(type, s_texts))
            return TypeShape.Text;

        if (type == typeof(JsonElement) || Is(type, typeof(JsonDocument), typeof(JsonNode)))
            return TypeShape.Json;

        if (Is(type, typeof(Exception)))
            return TypeShape.Exception;

        if (Is(type, typeof(IDictionary)))
            return TypeShape.Dictionary;

        return ShapeOfOther(type);
    }

    private static TypeShape ShapeOfOther(Type type)
    {
        if (Is(type, s_shownByText) || Is(type, typeof(Delegate), typeof(IAsyncEnumerable<object>)))
            return TypeShape.Opaque;

        if (Is(type, typeof(IEnumerable), typeof(ITuple)))
            return TypeShape.Sequence;

        return IsPair(type) || !IsOfFramework(type) ? TypeShape.Members : TypeShape.Opaque;
    }

    /// <summary>Whether values of the type are shown as they are, whole numbers among them.</summary>
    public static bool IsScalar(Type type) => ShapeOf(type) is TypeShape.Scalar or TypeShape.Number;

    /// <summary>Whether the type is a key with its value.</summary>
    public static bool IsPair(Type type) =>
        type == typeof(DictionaryEntry) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    // The framework's getters may block, open files or start work; the program's own are data.
    private static bool IsOfFramework(Type type)
    {
        var name = type.Assembly.GetName().Name ?? "";
        return name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal)
            || name is "System" or "mscorlib" or "netstandard";
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "ToString of a type that is used is kept.")]
    private static bool HasOwnText(Type type) =>
        type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)?.DeclaringType is { } declaring
        && declaring != typeof(object)
        && declaring != typeof(ValueType);

    private static bool Is(Type type, params ReadOnlySpan<Type> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.IsAssignableFrom(type))
                return true;
        }

        return false;
    }
}
