using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Testing;

/// <summary>The only place of the kit that reads the environment.</summary>
internal static class TestEnvironment
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Tests are a host: they are configured by the environment.")]
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
