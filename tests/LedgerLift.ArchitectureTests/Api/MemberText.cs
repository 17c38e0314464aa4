using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.ArchitectureTests;

/// <summary>Writes one member as its declaration without a body.</summary>
internal sealed class MemberText(TypeText types, AttributeText attributes, ParameterText parameters)
{
    public string Field(FieldInfo field)
    {
        var modifiers = field switch
        {
            { IsLiteral: true } => "const ",
            { IsStatic: true, IsInitOnly: true } => "static readonly ",
            { IsStatic: true } => "static ",
            { IsInitOnly: true } => "readonly ",
            _ => "",
        };
        var required = field.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var value = field.IsLiteral ? " = " + ValueText.Of(field.GetRawConstantValue(), field.FieldType, types) : "";
        return $"{Prefix(field)}{Access(field.IsPublic)}{modifiers}{required}{types.Of(field.FieldType, NullableFlags.Of(field))} {field.Name}{value};";
    }

    public string Constructor(ConstructorInfo constructor)
    {
        var name = constructor.DeclaringType!.Name.Split('`')[0];
        return $"{Prefix(constructor)}{Access(constructor.IsPublic)}{name}({parameters.List(constructor)});";
    }

    public string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var widest = accessors.Find(accessor => accessor.IsPublic) ?? accessors[0];
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var indexes = property.GetIndexParameters();
        var name = indexes.Length == 0 ? property.Name : $"this[{parameters.List(indexes)}]";
        var type = types.Of(property.PropertyType, NullableFlags.Of(property));
        var reference = property.PropertyType.IsByRef ? "ref " : "";
        var body = string.Concat(
            accessors.OrderBy(accessor => accessor == property.SetMethod).Select(accessor => Accessor(accessor, widest))
        );
        return $"{Prefix(property)}{Access(widest)}{Modifiers(widest)}{required}{reference}{type} {name} {{ {body}}}";
    }

    public string Event(EventInfo declared)
    {
        var add = declared.AddMethod!;
        return $"{Prefix(declared)}{Access(add)}{Modifiers(add)}event {types.Of(declared.EventHandlerType!, NullableFlags.Of(declared))} {declared.Name};";
    }

    public string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        var name = Operators.NameOf(method) ?? method.Name;
        var signature =
            name.StartsWith("implicit", StringComparison.Ordinal) || name.StartsWith("explicit", StringComparison.Ordinal)
                ? $"{name} {parameters.Return(method)}"
                : $"{parameters.Return(method)} {name}{generic}";
        // An override repeats the constraints of what it overrides.
        var constraints = IsOverride(method) ? "" : parameters.Constraints(method.GetGenericArguments());
        return $"{Prefix(method)}{Access(method)}{Modifiers(method)}{signature}({parameters.List(method)}){constraints};";
    }

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Accessor(MethodInfo accessor, MethodInfo widest)
    {
        var access = accessor.IsPublic == widest.IsPublic ? "" : "protected ";
        var isSetter = accessor.ReturnType == typeof(void);
        var init = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return access
            + (isSetter, init) switch
            {
                (false, _) => "get; ",
                (true, true) => "init; ",
                _ => "set; ",
            };
    }

    private static string Access(bool isPublic) => isPublic ? "public " : "protected ";

    private static string Access(MethodBase method) => method.DeclaringType!.IsInterface ? "" : Access(method.IsPublic);

    private static bool IsOverride(MethodInfo method) => method.IsVirtual && method.GetBaseDefinition() != method;

    private static string Modifiers(MethodInfo method)
    {
        var isInterface = method.DeclaringType!.IsInterface;
        var isStatic = method.IsStatic ? "static " : "";
        // What implements an interface without being virtual in C# is virtual and final in metadata.
        var kind = method switch
        {
            { IsAbstract: true } when isInterface => method.IsStatic ? "abstract " : "",
            _ when IsOverride(method) => method.IsFinal ? "sealed override " : "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        var isReadOnly =
            method.DeclaringType is { IsValueType: true } owner
            && !owner.IsDefined(typeof(IsReadOnlyAttribute))
            && method.IsDefined(typeof(IsReadOnlyAttribute))
                ? "readonly "
                : "";
        return isStatic + kind + isReadOnly;
    }

    private string Prefix(MemberInfo member) => attributes.Inline(member.GetCustomAttributesData());
}
