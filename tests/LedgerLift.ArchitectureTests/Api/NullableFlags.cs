using System.Reflection;

namespace LedgerLift.ArchitectureTests;

/// <summary>
/// The compiler's nullable annotations of one type expression, handed out in the order in which the type is walked
/// (Roslyn's nullable-metadata.md): one flag per reference type, type parameter and generic value type; 2 is annotated.
/// </summary>
internal sealed class NullableFlags
{
    private const string FlagsAttribute = "System.Runtime.CompilerServices.NullableAttribute";
    private const string ContextAttribute = "System.Runtime.CompilerServices.NullableContextAttribute";

    private readonly IReadOnlyList<byte> _flags;
    private int _next;

    private NullableFlags(IReadOnlyList<byte> flags) => _flags = flags;

    public static NullableFlags None { get; } = new([0]);

    public static NullableFlags Of(ParameterInfo parameter) => Of(parameter.GetCustomAttributesData()) ?? InContextOf(parameter.Member);

    public static NullableFlags Of(MemberInfo member) => Of(member.GetCustomAttributesData()) ?? InContextOf(member);

    public static NullableFlags OfConstraint(Type parameter) =>
        Of(parameter.GetCustomAttributesData()) ?? InContextOf((MemberInfo?)parameter.DeclaringMethod ?? parameter.DeclaringType!);

    public bool NextIsAnnotated() => Next() == 2;

    public byte Next() => _flags.Count == 1 ? _flags[0] : _flags[_next++];

    private static NullableFlags? Of(IList<CustomAttributeData> attributes)
    {
        var argument = attributes
            .FirstOrDefault(attribute => string.Equals(attribute.AttributeType.FullName, FlagsAttribute, StringComparison.Ordinal))
            ?.ConstructorArguments[0]
            .Value;
        return argument switch
        {
            byte one => new NullableFlags([one]),
            IReadOnlyCollection<CustomAttributeTypedArgument> many => new NullableFlags([.. many.Select(flag => (byte)flag.Value!)]),
            _ => null,
        };
    }

    private static NullableFlags InContextOf(MemberInfo member)
    {
        for (var scope = member; scope is not null; scope = scope.DeclaringType)
        {
            var context = scope
                .GetCustomAttributesData()
                .FirstOrDefault(attribute => string.Equals(attribute.AttributeType.FullName, ContextAttribute, StringComparison.Ordinal));
            if (context is not null)
            {
                return new NullableFlags([(byte)context.ConstructorArguments[0].Value!]);
            }
        }

        return None;
    }
}
