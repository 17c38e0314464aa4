namespace LedgerLift.ArchitectureTests;

/// <summary>What one package may lean on. All lists are exact as sets unless said otherwise.</summary>
/// <param name="Name">Package, assembly and root namespace in one.</param>
/// <param name="Inner">The LedgerLift packages it references directly.</param>
/// <param name="ThirdParty">The NuGet packages it references directly.</param>
/// <param name="Framework">A shared framework beside Microsoft.NETCore.App, or null.</param>
/// <param name="EventIds">The first of the thousand log event ids it owns, or null: it writes no log.</param>
internal sealed record PackageRule(
    string Name,
    IReadOnlyList<string> Inner,
    IReadOnlyList<string> ThirdParty,
    string? Framework = null,
    int? EventIds = null
);
