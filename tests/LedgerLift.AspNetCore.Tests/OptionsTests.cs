using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore.Tests;

public sealed class OptionsTests
{
    private static readonly Action<LedgerLiftAspNetCoreOptions>[] Good =
    [
        static _ => { },
        static options => options.RetryAfter = TimeSpan.FromTicks(1),
        static options => options.RetryAfter = TimeSpan.FromDays(1),
        static options => options.StatusCodes[400] = "x",
        static options => options.StatusCodes[599] = "x",
        static options => options.Health.CheckTimeout = TimeSpan.FromTicks(1),
        static options => options.Health.CheckTimeout = TimeSpan.FromMinutes(5),
        static options => options.Health.DrainDelay = TimeSpan.Zero,
        static options => options.Health.DrainDelay = TimeSpan.FromMinutes(5),
        static options => (options.System.MemoryWarning, options.System.MemoryLimit) = (1, 1),
        static options => options.System.CpuWarning = double.Epsilon,
        static options => options.System.CacheDuration = TimeSpan.Zero,
        static options => options.System.CacheDuration = TimeSpan.FromHours(1),
    ];

    public static TheoryData<string, Action<LedgerLiftAspNetCoreOptions>> Bad =>
        new()
        {
            { "RetryAfter", static options => options.RetryAfter = TimeSpan.Zero },
            { "RetryAfter", static options => options.RetryAfter = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) },
            { "StatusCodes", static options => options.StatusCodes[399] = "x" },
            { "StatusCodes", static options => options.StatusCodes[600] = "x" },
            { "StatusCodes", static options => options.StatusCodes[404] = " " },
            { "Failures", static options => options.Failures.Add(null!) },
            { "Health", static options => options.Health = null! },
            { "System", static options => options.System = null! },
            { "Detail", static options => options.Health.Detail = (HealthDetail)9 },
            { "FullDetailPolicy", static options => options.Health.FullDetailPolicy = " " },
            { "CheckTimeout", static options => options.Health.CheckTimeout = TimeSpan.Zero },
            { "CheckTimeout", static options => options.Health.CheckTimeout = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) },
            { "DrainDelay", static options => options.Health.DrainDelay = TimeSpan.FromTicks(-1) },
            { "DrainDelay", static options => options.Health.DrainDelay = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) },
            { "CacheDuration", static options => options.Health.CacheDuration = TimeSpan.FromTicks(-1) },
            { "CacheDuration", static options => options.Health.CacheDuration = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) },
            { "CpuWarning", static options => options.System.CpuWarning = 0 },
            { "CpuWarning", static options => options.System.CpuWarning = double.NaN },
            { "MemoryLimit", static options => options.System.MemoryLimit = 1.01 },
            { "MemoryLimit", static options => options.System.MemoryLimit = 0.84 },
            { "MemoryWarning", static options => options.System.MemoryWarning = -1 },
            { "DiskWarning", static options => options.System.DiskWarning = 0 },
            { "DiskLimit", static options => options.System.DiskLimit = 0.89 },
            { "DiskPath", static options => options.System.DiskPath = "" },
            { "CacheDuration", static options => options.System.CacheDuration = TimeSpan.FromTicks(-1) },
            { "CacheDuration", static options => options.System.CacheDuration = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) },
        };

    [Fact]
    public void Edges_are_accepted() => Assert.All(Good, static configure => Assert.NotNull(Read(configure)));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_lies_outside_is_refused_by_name(string name, Action<LedgerLiftAspNetCoreOptions> configure)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(configure));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Read(static options =>
            {
                options.RetryAfter = TimeSpan.Zero;
                options.Health.CheckTimeout = TimeSpan.Zero;
                options.System.CpuWarning = 7;
            })
        );

        Assert.All(
            ["RetryAfter", "CheckTimeout", "CpuWarning", "7"],
            part => Assert.Contains(part, failure.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void They_come_from_configuration_too()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["RetryAfter"] = "00:00:09",
                    ["StatusCodes:413"] = "file_too_large",
                    ["Health:Detail"] = "Full",
                    ["System:DiskLimit"] = "0.99",
                }
            )
            .Build();
        using var provider = new ServiceCollection().AddLedgerLiftAspNetCore(section).BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value;

        Assert.Equal(
            (TimeSpan.FromSeconds(9), HealthDetail.Full, 0.99),
            (options.RetryAfter, options.Health.Detail, options.System.DiskLimit)
        );
        Assert.Equal("file_too_large", options.StatusCodes[413]);
    }

    [Fact]
    public void Adding_twice_adds_configuration_and_nothing_else()
    {
        var once = new ServiceCollection().AddLedgerLiftAspNetCore();
        var twice = new ServiceCollection().AddLedgerLiftAspNetCore().AddLedgerLiftAspNetCore();

        Assert.Equal(once.Select(each => each.ServiceType).Distinct().Count(), twice.Select(each => each.ServiceType).Distinct().Count());
        Assert.Single(twice, each => each.ServiceType == typeof(FailureAnswers));
    }

    private static LedgerLiftAspNetCoreOptions Read(Action<LedgerLiftAspNetCoreOptions> configure)
    {
        using var provider = new ServiceCollection().AddLedgerLiftAspNetCore(configure).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value;
    }
}
