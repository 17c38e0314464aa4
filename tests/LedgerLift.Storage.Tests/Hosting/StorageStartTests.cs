using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage.Tests;

/// <summary>What a host does at its start, on the real gateway, and against what AWS answers.</summary>
public sealed class StorageStartTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_with_the_right_settings_starts_and_is_healthy()
    {
        await using var services = Services(s3.NewOptions());

        await StartAsync(services);

        Assert.Equal(HealthStatus.Healthy, await HealthAsync(services));
    }

    [Theory]
    [InlineData("bucket", "NoSuchBucket", "Check Bucket")]
    [InlineData("access key", "InvalidAccessKeyId", "Check AccessKey")]
    [InlineData("secret key", "SignatureDoesNotMatch", "Check SecretKey")]
    public async Task A_host_with_wrong_settings_does_not_start_and_says_which(string wrong, string code, string advice)
    {
        var options = s3.NewOptions();
        if (wrong == "bucket")
            options.Bucket = "no-such-bucket-of-ours";
        else if (wrong == "access key")
            options.AccessKey = "nobody";
        else
            options.SecretKey = "hush";
        await using var services = Services(options);

        var refused = await Assert.ThrowsAsync<StorageException>(() => StartAsync(services));

        Assert.Equal((StorageErrorCodes.Refused, code, false), (refused.Code, refused.S3Code, refused.IsTransient));
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Contains(options.Bucket, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "AuthorizationHeaderMalformed")]
    [InlineData(301, "PermanentRedirect")]
    [InlineData(307, "TemporaryRedirect")]
    public async Task A_host_with_a_wrong_region_does_not_start_and_says_so(int status, string code)
    {
        // The gateway takes any region; this is what Amazon answers.
        await using var server = new StubServer((_, _) => StubAnswer.Error(status, code));
        await using var services = Services(server.NewOptions());

        var refused = await Assert.ThrowsAsync<StorageException>(() => StartAsync(services));

        Assert.Contains("Check Region", refused.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_host_that_may_not_list_the_bucket_is_told_how_to_start_all_the_same()
    {
        await using var server = new StubServer((_, _) => StubAnswer.Error(403, "AccessDenied"));
        var options = server.NewOptions();
        await using var services = Services(options);

        var refused = await Assert.ThrowsAsync<StorageException>(() => StartAsync(services));
        Assert.Contains("VerifyBucketOnStart", refused.Message, StringComparison.Ordinal);

        options.VerifyBucketOnStart = false;
        await using var unverified = Services(options);
        await StartAsync(unverified);
    }

    [Fact]
    public async Task A_store_that_is_down_lets_the_host_start_and_is_unhealthy_until_it_answers()
    {
        await using var proxy = s3.StartProxy();
        proxy.RefuseConnections();
        await using var services = Services(s3.NewOptions(proxy, options => options.Resilience.CircuitBreaker = null));

        await StartAsync(services);
        var down = await HealthAsync(services);
        proxy.AcceptConnections();

        Assert.Equal(HealthStatus.Unhealthy, down);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(services));
    }

    [Fact]
    public async Task The_health_check_asks_once_for_all_who_ask_and_once_in_a_while()
    {
        await using var server = new StubServer((_, _) => new StubAnswer(200, "<ListBucketResult></ListBucketResult>"));
        var options = server.NewOptions();
        options.HealthCacheDuration = TimeSpan.FromSeconds(30);
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var services = Services(options, clock);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HealthAsync(services)));
        Assert.Single(server.Requests);
        clock.Advance(TimeSpan.FromSeconds(29));
        await HealthAsync(services);
        Assert.Single(server.Requests);
        clock.Advance(TimeSpan.FromSeconds(2));
        await HealthAsync(services);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_sweeper_of_the_host_removes_old_uploads_and_looks_again_after_its_interval()
    {
        using var store = s3.NewStore();
        var intent = new UploadIntent(StoreFixture.NewKey(), 10, "a/b");
        await store.CreateAsync(intent, Cancellation);
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var options = s3.NewOptions(configure: options =>
        {
            options.IncompleteUploadAge = TimeSpan.FromMinutes(5);
            options.SweepInterval = TimeSpan.FromMinutes(10);
            options.VerifyBucketOnStart = false;
        });
        await using var services = Services(options, clock);
        var sweeper = services.GetServices<IHostedService>().OfType<IncompleteUploadSweeper>().Single();

        await sweeper.StartAsync(Cancellation);
        await clock.WaitForTimerAsync();
        Assert.Equal(1, await s3.CountUploadsAsync(Cancellation));
        clock.Advance(TimeSpan.FromMinutes(10));

        await Poll.UntilAsync(async () => await s3.CountUploadsAsync(Cancellation) == 0, cancellationToken: Cancellation);
        await sweeper.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Registering_twice_gives_one_store_and_named_ones_are_their_own()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Storage:Bucket"] = "second",
                    ["Storage:Provider"] = "S3Compatible",
                    ["Storage:ServiceUrl"] = "http://127.0.0.1:1",
                    ["Storage:Resilience:Retry:MaxRetries"] = "7",
                }
            )
            .Build();
        var collection = new ServiceCollection().AddLogging();
        collection.AddLedgerLiftStorage(options => options.Bucket = "first");
        collection.AddLedgerLiftStorage(options => options.Region = "eu-west-1");
        collection.AddLedgerLiftStorage("other", configuration.GetSection("Storage"));
        await using var services = collection.BuildServiceProvider();

        var store = Assert.IsType<S3ObjectStore>(services.GetRequiredService<IObjectStore>());
        var other = Assert.IsType<S3ObjectStore>(services.GetRequiredKeyedService<IObjectStore>("other"));

        Assert.Equal(("first", "eu-west-1"), (store.Options.Bucket, store.Options.Region));
        Assert.Equal(("second", 7), (other.Options.Bucket, other.Options.Resilience.Retry.MaxRetries));
        Assert.Same(store, services.GetRequiredService<IMultipartUploads>());
        Assert.Same(other, services.GetRequiredKeyedService<IMultipartUploads>("other"));
        var checks = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
        Assert.Equal(["s3", "s3-other"], checks.Select(check => check.Name));
        Assert.Equal(2, services.GetServices<IHostedService>().OfType<StorageStart>().Count());
    }

    [Fact]
    public async Task Faulty_options_stop_the_host()
    {
        var collection = new ServiceCollection();
        collection.AddLedgerLiftStorage(options => options.Concurrency = 0);
        await using var services = collection.BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Concurrency", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Bucket", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(StorageOptions options, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging();
        if (time is not null)
            services.AddSingleton(time);
        services.AddSingleton<IOptionsFactory<StorageOptions>>(new GivenOptions(options));
        return services.AddLedgerLiftStorage(_ => { }).BuildServiceProvider();
    }

    private static Task StartAsync(ServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<StorageStart>().Single().StartAsync(Cancellation);

    private static async Task<HealthStatus> HealthAsync(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["s3"].Status;

    private sealed class GivenOptions(StorageOptions options) : IOptionsFactory<StorageOptions>
    {
        public StorageOptions Create(string name) => options;
    }
}
