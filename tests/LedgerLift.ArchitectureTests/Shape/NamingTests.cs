using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

public sealed partial class NamingTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_namespace_of_every_type_is_the_name_of_the_package(string name) =>
        Faults.None(
            $"Types of {name} outside the namespace {name} (folders make no namespaces):",
            BuiltAssembly
                .WrittenTypes(name)
                .Where(type => !string.Equals(type.Namespace, name, StringComparison.Ordinal))
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void No_type_has_a_name_that_says_nothing(string name) =>
        Faults.None(
            "Say what the type is or does, not that it manages, helps or is common:",
            BuiltAssembly.WrittenTypes(name).Where(type => SaysNothing().IsMatch(type.Name)).Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_public_class_is_sealed_static_or_abstract(string name) =>
        Faults.None(
            "Public classes that are open to derivation, and not listed in Exemptions.cs:",
            BuiltAssembly
                .PublicTypes(name)
                .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !Exemptions.Unsealed.Contains(type.Name))
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Asynchronous_methods_end_in_Async(string name) =>
        Faults.None(
            "Methods that return a task or a stream and do not end in Async:",
            BuiltAssembly
                .WrittenTypes(name)
                .SelectMany(AsyncMethod.Of)
                .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal))
                .Select(AsyncMethod.NameOf)
                .Except(Exemptions.WithoutAsync, StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_asynchronous_methods_end_with_an_optional_token(string name) =>
        Faults.None(
            "Public asynchronous methods whose last parameter is not `CancellationToken cancellationToken = default`:",
            BuiltAssembly
                .PublicTypes(name)
                .SelectMany(AsyncMethod.Of)
                .Where(method =>
                    (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !AsyncMethod.EndsWithOptionalToken(method)
                )
                .Select(AsyncMethod.NameOf)
                .Distinct(StringComparer.Ordinal)
                .Except(Exemptions.WithoutLastToken, StringComparer.Ordinal)
        );

    [GeneratedRegex("(Manager|Helpers?|Util|Utils|Utility|Utilities|Common|Base)(`[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SaysNothing();
}
