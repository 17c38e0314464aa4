using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.ArchitectureTests;

public sealed class OptionsTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_are_sealed_classes_with_a_parameterless_constructor(string name) =>
        Faults.None(
            "Options classes that configuration cannot build:",
            Options(name).Where(type => !type.IsSealed || type.GetConstructor(Type.EmptyTypes) is null).Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_property_of_options_can_be_set(string name) =>
        Faults.None(
            "Properties that neither have a setter (init is none) nor are a collection or options of their own:",
            Options(name)
                .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                .Where(property => !CanBeSet(property))
                .Select(property => $"{property.DeclaringType!.FullName}.{property.Name}")
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_options_class_has_its_validator(string name) =>
        Faults.None(
            "Options without an internal sealed validator of the same name that is an IValidateOptions of them:",
            Options(name).Where(type => !HasValidator(type)).Select(type => $"{type.FullName}: expected {type.Name}Validator")
        );

    private static IEnumerable<Type> Options(string package) =>
        BuiltAssembly.PublicTypes(package).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal));

    private static bool CanBeSet(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } setter
            ? !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            : (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                || property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool HasValidator(Type options) =>
        options.Assembly.GetType(options.FullName + "Validator") is { IsSealed: true, IsVisible: false } validator
        && validator
            .GetInterfaces()
            .Any(face =>
                string.Equals(face.Name, "IValidateOptions`1", StringComparison.Ordinal) && face.GenericTypeArguments[0] == options
            );
}
