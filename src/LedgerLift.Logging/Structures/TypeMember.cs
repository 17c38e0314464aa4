using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LedgerLift.Logging;

/// <summary>A public property or field that is read.</summary>
internal sealed class TypeMember
{
    private readonly PropertyInfo? _property;
    private readonly FieldInfo? _field;

    private TypeMember(PropertyInfo property)
    {
        _property = property;
        Name = property.Name;
    }

    private TypeMember(FieldInfo field)
    {
        _field = field;
        Name = field.Name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The members of a type, properties first.</summary>
    public static IReadOnlyList<TypeMember> Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)]
            Type type
    ) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property =>
                    property.GetMethod is { IsPublic: true }
                    && property.GetIndexParameters().Length == 0
                    && CanBeBoxed(property.PropertyType)
                )
                .Select(static property => new TypeMember(property)),
            .. type.GetFields(BindingFlags.Public | BindingFlags.Instance)
                .Where(static field => CanBeBoxed(field.FieldType))
                .Select(static field => new TypeMember(field)),
        ];

    /// <summary>Its value; false when the getter throws.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A getter is a stranger's code; whatever it throws, the line is written without its value."
    )]
    public bool TryRead(object owner, out object? value)
    {
        try
        {
            value = _property is not null ? _property.GetValue(owner) : _field!.GetValue(owner);
            return true;
        }
        catch (Exception)
        {
            value = null;
            return false;
        }
    }

    private static bool CanBeBoxed(Type type) => !type.IsByRefLike && !type.IsByRef && !type.IsPointer && !type.IsFunctionPointer;
}
