using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Tests;

public sealed class AuthServiceCollectionExtensionsTests
{
    [Fact]
    public async Task Gives_one_store_under_all_its_names()
    {
        await using var services = new ServiceCollection().AddLedgerLiftAuth().BuildServiceProvider();

        var store = services.GetRequiredService<ITokenStore>();

        Assert.IsType<InMemoryTokenStore>(store);
        Assert.Same(store, services.GetRequiredService<InMemoryTokenStore>());
        Assert.Same(store, services.GetRequiredService<ITokenFamilies>());
    }

    [Fact]
    public async Task Takes_options_and_clock_from_the_host()
    {
        var clock = new ManualTimeProvider();
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLedgerLiftAuth(options => options.MaxEntries = 1)
            .BuildServiceProvider();
        var store = services.GetRequiredService<InMemoryTokenStore>();

        await store.StoreAsync("one", "ann", clock.GetUtcNow().AddMinutes(1));
        await store.StoreAsync("two", "ann", clock.GetUtcNow().AddMinutes(1));

        Assert.Equal(1, store.Count);
    }

    [Fact]
    public async Task Takes_options_from_configuration()
    {
        var configuration = Configuration(("Tokens:MaxEntries", "2"), ("Tokens:MaxActiveTokensPerUser", "1"));
        await using var services = new ServiceCollection().AddLedgerLiftAuth(configuration.GetSection("Tokens")).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<InMemoryTokenStoreOptions>>().Value;

        Assert.Equal(2, options.MaxEntries);
        Assert.Equal(1, options.MaxActiveTokensPerUser);
    }

    [Fact]
    public async Task May_be_called_twice()
    {
        await using var services = new ServiceCollection()
            .AddLedgerLiftAuth()
            .AddLedgerLiftAuth(options => options.MaxEntries = 5)
            .BuildServiceProvider();

        Assert.Single(services.GetServices<ITokenStore>());
        Assert.Single(services.GetServices<ITokenFamilies>());
        Assert.Single(services.GetServices<InMemoryTokenStore>());
        Assert.Single(services.GetServices<IValidateOptions<InMemoryTokenStoreOptions>>());
        Assert.Equal(5, services.GetRequiredService<IOptions<InMemoryTokenStoreOptions>>().Value.MaxEntries);
    }

    [Fact]
    public async Task Leaves_a_store_alone_that_is_registered_already()
    {
        var own = new InMemoryTokenStore();
        await using var services = new ServiceCollection().AddSingleton<ITokenStore>(own).AddLedgerLiftAuth().BuildServiceProvider();

        Assert.Same(own, services.GetRequiredService<ITokenStore>());
    }

    [Fact]
    public async Task A_host_with_bad_options_does_not_start_and_says_all_that_is_wrong()
    {
        await using var services = new ServiceCollection()
            .AddLedgerLiftAuth(options => (options.MaxEntries, options.MaxActiveTokensPerUser) = (0, -1))
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(exception.Failures, failure => failure.Contains("MaxEntries", StringComparison.Ordinal));
        Assert.Contains(exception.Failures, failure => failure.Contains("MaxActiveTokensPerUser", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_nulls()
    {
        Assert.Throws<ArgumentNullException>(() => AuthServiceCollectionExtensions.AddLedgerLiftAuth(null!));
        Assert.Throws<ArgumentNullException>(() => AuthServiceCollectionExtensions.AddLedgerLiftAuth(null!, Configuration()));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddLedgerLiftAuth((IConfiguration)null!));
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
