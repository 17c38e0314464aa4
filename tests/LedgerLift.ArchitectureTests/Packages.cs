namespace LedgerLift.ArchitectureTests;

/// <summary>
/// The table of who may reference whom, and which third party. It is the only place where a new edge or a new dependency is let in:
/// the tests compare it with the built assemblies, with what NuGet resolved and with the packed nuspec.
/// </summary>
internal static class Packages
{
    private const string Configuration = "Microsoft.Extensions.Options.ConfigurationExtensions";
    private const string DependencyInjection = "Microsoft.Extensions.DependencyInjection.Abstractions";
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";

    public static readonly IReadOnlyList<PackageRule> All =
    [
        new("LedgerLift.Resilience", Inner: [], ThirdParty: [DependencyInjection, Configuration, Logging, "Polly.Core"], EventIds: 1000),
        new(
            "LedgerLift.Storage",
            Inner: ["LedgerLift.Resilience"],
            ThirdParty: [DependencyInjection, Configuration, HealthChecks, Logging, "AWSSDK.Core", "AWSSDK.S3"],
            EventIds: 2000
        ),
        new(
            "LedgerLift.Data",
            Inner: ["LedgerLift.Resilience"],
            ThirdParty: [DependencyInjection, Configuration, HealthChecks, Logging, "Npgsql"],
            EventIds: 3000
        ),
        new("LedgerLift.Auth", Inner: [], ThirdParty: [DependencyInjection, Configuration, Logging], EventIds: 4000),
        new(
            "LedgerLift.Auth.Redis",
            Inner: ["LedgerLift.Auth", "LedgerLift.Resilience"],
            ThirdParty: [DependencyInjection, Configuration, HealthChecks, Logging, "StackExchange.Redis"],
            EventIds: 4000
        ),
        new("LedgerLift.Auditing", Inner: [], ThirdParty: [DependencyInjection, Configuration, HealthChecks, Logging], EventIds: 5000),
        new(
            "LedgerLift.Auditing.Postgres",
            Inner: ["LedgerLift.Auditing"],
            ThirdParty: [DependencyInjection, Configuration, HealthChecks, Logging, "Npgsql"],
            EventIds: 5000
        ),
        new(
            "LedgerLift.Logging",
            Inner: [],
            ThirdParty: [DependencyInjection, Configuration, "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Console"],
            EventIds: 6000
        ),
        new(
            "LedgerLift.Telemetry",
            Inner: [],
            // The second is where OpenTelemetry keeps what adds to a host's providers.
            ThirdParty: [DependencyInjection, Configuration, "OpenTelemetry.Api", "OpenTelemetry.Api.ProviderBuilderExtensions"]
        ),
        new(
            "LedgerLift.AspNetCore",
            Inner: ["LedgerLift.Auth", "LedgerLift.Logging"],
            ThirdParty: [],
            Framework: "Microsoft.AspNetCore.App",
            EventIds: 8000
        ),
    ];

    /// <summary>What a third-party package brings with it. Code may use these assemblies too; anything else that arrives is a fault.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> BroughtAlong = new Dictionary<string, IReadOnlyList<string>>(
        StringComparer.Ordinal
    )
    {
        [Configuration] =
        [
            "Microsoft.Extensions.Configuration",
            "Microsoft.Extensions.Configuration.Abstractions",
            "Microsoft.Extensions.Configuration.Binder",
            "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Primitives",
        ],
        [HealthChecks] =
        [
            "Microsoft.Extensions.Diagnostics.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
            "Microsoft.Extensions.FileProviders.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions",
        ],
        ["Microsoft.Extensions.Logging.Console"] = ["Microsoft.Extensions.Logging.Configuration"],
        ["Microsoft.Extensions.Logging"] = ["Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging.Abstractions"],
    };

    public static TheoryData<string> Names => [.. All.Select(package => package.Name)];

    public static PackageRule Named(string name) => All.Single(package => string.Equals(package.Name, name, StringComparison.Ordinal));

    /// <summary>The inner packages a package reaches, through any number of steps, without itself.</summary>
    public static IReadOnlySet<string> InnerClosure(PackageRule package) =>
        package.Inner.SelectMany(inner => InnerClosure(Named(inner)).Append(inner)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The third-party packages a package reaches, through any number of steps.</summary>
    public static IReadOnlySet<string> ThirdPartyClosure(PackageRule package) =>
        InnerClosure(package)
            .Select(Named)
            .Append(package)
            .SelectMany(each => each.ThirdParty)
            .SelectMany(id => BroughtAlong.GetValueOrDefault(id, []).Append(id))
            .ToHashSet(StringComparer.Ordinal);
}
