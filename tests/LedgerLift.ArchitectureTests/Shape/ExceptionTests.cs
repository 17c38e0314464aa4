namespace LedgerLift.ArchitectureTests;

public sealed class ExceptionTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Exceptions_and_only_they_end_in_Exception(string name) =>
        Faults.None(
            "Either it derives from Exception and is named so, or neither:",
            BuiltAssembly
                .WrittenTypes(name)
                .Where(type => typeof(Exception).IsAssignableFrom(type) != type.Name.EndsWith("Exception", StringComparison.Ordinal))
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exception_is_sealed_or_the_root_of_its_package(string name) =>
        Faults.None(
            "Exceptions that are neither sealed nor a root listed in Exemptions.cs:",
            BuiltAssembly
                .WrittenTypes(name)
                .Where(type => typeof(Exception).IsAssignableFrom(type) && !type.IsSealed && !Exemptions.Unsealed.Contains(type.Name))
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_root_exception_has_a_code_and_says_whether_it_passes(string name) =>
        Faults.None(
            "Root exceptions without `string Code` and `bool IsTransient`:",
            BuiltAssembly
                .PublicTypes(name)
                .Where(type => Exemptions.Unsealed.Contains(type.Name))
                .Where(type =>
                    type.GetProperty("Code")?.PropertyType != typeof(string)
                    || type.GetProperty("IsTransient")?.PropertyType != typeof(bool)
                )
                .Select(type => type.FullName!)
        );
}
