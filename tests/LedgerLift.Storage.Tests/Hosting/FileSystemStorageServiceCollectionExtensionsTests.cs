using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage.Tests;

public sealed class FileSystemStorageServiceCollectionExtensionsTests : IDisposable
{
    private readonly FileStoreFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task One_call_gives_the_store_its_contracts_and_its_health()
    {
        await using var provider = Services(services => services.AddLedgerLiftFileSystemStorage(Configure)).BuildServiceProvider();

        var store = provider.GetRequiredService<FileSystemObjectStore>();

        Assert.Same(store, provider.GetRequiredService<IObjectStore>());
        Assert.Same(store, provider.GetRequiredService<IMultipartUploads>());
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(["s3"], report.Entries.Keys);
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task Calling_it_twice_configures_the_same_store_once_more()
    {
        await using var provider = Services(services =>
                services.AddLedgerLiftFileSystemStorage(Configure).AddLedgerLiftFileSystemStorage(options => options.MaxObjectBytes = 5)
            )
            .BuildServiceProvider();

        var store = provider.GetRequiredService<IObjectStore>();

        Assert.Single(provider.GetServices<IHostedService>(), service => service is FileSweeperService);
        Assert.Single(provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.UploadAsync(ObjectKey.Parse("a"), new MemoryStream(new byte[6]), ct: Cancellation)
        );
    }

    [Fact]
    public async Task A_section_of_the_configuration_is_bound()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Storage:RootPath"] = _fixture.Root,
                    ["Storage:PublicBaseUrl"] = "http://127.0.0.1:5080/objects",
                    ["Storage:MaxObjectBytes"] = "5",
                    ["Storage:PresignExpiry"] = "00:01:00",
                }
            )
            .Build();
        await using var provider = Services(services => services.AddLedgerLiftFileSystemStorage(configuration.GetSection("Storage")))
            .BuildServiceProvider();

        var signed = await provider
            .GetRequiredService<IObjectStore>()
            .PresignPutAsync(new UploadIntent(ObjectKey.Parse("a"), 5, "text/csv"), Cancellation);

        Assert.Equal(_fixture.Time.GetUtcNow().AddMinutes(1), signed.ExpiresAt);
    }

    [Fact]
    public async Task Named_stores_are_keyed_and_do_not_mix()
    {
        await using var provider = Services(services =>
                services
                    .AddLedgerLiftFileSystemStorage(Configure)
                    .AddLedgerLiftFileSystemStorage(
                        "archive",
                        options =>
                        {
                            Configure(options);
                            options.RootPath = _fixture.Folder["archive"];
                        }
                    )
            )
            .BuildServiceProvider();
        var archive = provider.GetRequiredKeyedService<IObjectStore>("archive");

        await archive.UploadAsync(ObjectKey.Parse("a"), new MemoryStream([1]), ct: Cancellation);

        Assert.Null(await provider.GetRequiredService<IObjectStore>().FindAsync(ObjectKey.Parse("a"), Cancellation));
        Assert.Same(archive, provider.GetRequiredKeyedService<IMultipartUploads>("archive"));
        Assert.Equal(
            ["s3", "s3-archive"],
            provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(each => each.Name)
        );
    }

    [Fact]
    public async Task Wrong_options_stop_the_host()
    {
        await using var provider = Services(services => services.AddLedgerLiftFileSystemStorage(_ => { })).BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(2, failure.Failures.Count());
    }

    [Fact]
    public async Task The_host_sweeps_at_its_start_and_again()
    {
        await using var provider = Services(services => services.AddLedgerLiftFileSystemStorage(Configure)).BuildServiceProvider();
        var store = provider.GetRequiredService<FileSystemObjectStore>();
        var upload = await store.CreateAsync(new UploadIntent(ObjectKey.Parse("a"), 1, "text/csv"), Cancellation);
        var sweeper = provider.GetServices<IHostedService>().Single(service => service is FileSweeperService);
        await sweeper.StartAsync(Cancellation);
        await _fixture.Time.WaitForTimerAsync();
        Assert.Single(Directory.GetDirectories(Path.Combine(_fixture.Root, "uploads")));

        for (var hour = 0; hour < 30; hour += 6)
        {
            await LedgerLift.Testing.Poll.UntilAsync(() => store.GetStatistics().Requests >= 2 + hour / 6, expected: "the sweep was done");
            _fixture.Time.Advance(TimeSpan.FromHours(6));
        }

        await LedgerLift.Testing.Poll.UntilAsync(
            () => Directory.GetDirectories(Path.Combine(_fixture.Root, "uploads")).Length == 0,
            expected: "the upload was swept"
        );
        await sweeper.StopAsync(Cancellation);
        await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(upload, Cancellation));
    }

    [Fact]
    public void Nothing_is_registered_for_null()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftFileSystemStorage((Action<FileSystemStorageOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftFileSystemStorage((IConfiguration)null!));
        Assert.Throws<ArgumentException>(() => services.AddLedgerLiftFileSystemStorage("", Configure));
        Assert.Throws<ArgumentNullException>(() =>
            services.AddLedgerLiftFileSystemStorage("name", (Action<FileSystemStorageOptions>)null!)
        );
    }

    private ServiceCollection Services(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_fixture.Time);
        add(services);
        return services;
    }

    private void Configure(FileSystemStorageOptions options) =>
        (options.RootPath, options.PublicBaseUrl) = (_fixture.Root, "http://127.0.0.1:5080/objects");
}
