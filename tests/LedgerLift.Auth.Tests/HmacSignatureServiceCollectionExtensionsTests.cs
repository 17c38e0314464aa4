using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSignatureServiceCollectionExtensionsTests : IDisposable
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    private readonly LogRecorder _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Gives_a_verifier_and_a_handler_by_name()
    {
        await using var services = Services()
            .AddLedgerLiftHmacSignatures("one", options => options.Keys.Add(TestKeys.Key("k1")))
            .AddLedgerLiftHmacSignatures("two", options => options.Keys.Add(TestKeys.Key("k2")))
            .BuildServiceProvider();
        var one = services.GetRequiredKeyedService<HmacSignatureVerifier>("one");
        var two = services.GetRequiredKeyedService<HmacSignatureVerifier>("two");

        Assert.Same(one, services.GetRequiredKeyedService<HmacSignatureVerifier>("one"));
        Assert.NotSame(
            services.GetRequiredKeyedService<HmacSigningHandler>("one"),
            services.GetRequiredKeyedService<HmacSigningHandler>("one")
        );
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(one, "k1"));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(two, "k1"));
        Assert.Null(services.GetService<HmacSignatureVerifier>());
    }

    [Fact]
    public async Task The_empty_name_needs_no_key()
    {
        await using var services = Services()
            .AddLedgerLiftHmacSignatures("", options => options.Keys.Add(TestKeys.Key("k1")))
            .BuildServiceProvider();

        Assert.Same(services.GetRequiredKeyedService<HmacSignatureVerifier>(""), services.GetRequiredService<HmacSignatureVerifier>());
    }

    [Fact]
    public async Task May_be_called_twice()
    {
        var configuration = Configuration(("Keys:0:Id", "k1"), ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))));
        await using var services = Services()
            .AddLedgerLiftHmacSignatures("hooks", configuration)
            .AddLedgerLiftHmacSignatures("hooks", configuration)
            .AddLedgerLiftHmacSignatures("hooks", options => options.Keys.Add(TestKeys.Key("k1")))
            .BuildServiceProvider();

        Assert.Single(services.GetKeyedServices<HmacSignatureVerifier>("hooks"));
        Assert.Single(services.GetServices<IReplayGuard>());
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks"), "k1"));
    }

    [Fact]
    public async Task Takes_every_option_from_configuration()
    {
        var configuration = Configuration(
            ("Scheme", "StandardWebhooks"),
            ("Tolerance", "00:01:00"),
            ("MaxBodyBytes", "7"),
            ("ReplayProtection", "false"),
            ("SignatureHeader", "A"),
            ("TimestampHeader", "B"),
            ("MessageIdHeader", "C"),
            ("NonceHeader", "D"),
            ("KeyIdHeader", "E"),
            ("ContentHashHeader", "F"),
            ("Keys:0:Id", "text"),
            ("Keys:0:Secret", "a text of at least 32 bytes, as a person writes it"),
            ("Keys:0:NotBefore", "2023-01-01T00:00:00+00:00"),
            ("Keys:0:NotAfter", "2030-01-01T00:00:00+00:00"),
            ("Keys:1:Id", "webhook"),
            ("Keys:1:Secret", "whsec_" + Convert.ToBase64String(TestKeys.Secret("webhook")))
        );
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<HmacSignatureOptions>>().Get("hooks");

        Assert.Equal(SignatureScheme.StandardWebhooks, options.Scheme);
        Assert.Equal(TimeSpan.FromMinutes(1), options.Tolerance);
        Assert.Equal(7, options.MaxBodyBytes);
        Assert.False(options.ReplayProtection);
        Assert.Equal(
            "A B C D E F",
            string.Join(
                ' ',
                options.SignatureHeader,
                options.TimestampHeader,
                options.MessageIdHeader,
                options.NonceHeader,
                options.KeyIdHeader,
                options.ContentHashHeader
            )
        );
        Assert.Equal(["text", "webhook"], options.Keys.Select(key => key.Id));
        Assert.Equal("a text of at least 32 bytes, as a person writes it"u8.ToArray(), options.Keys[0].Secret.ToArray());
        Assert.Equal(new DateTimeOffset(2023, 1, 1, 0, 0, 0, default), options.Keys[0].NotBefore);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, default), options.Keys[0].NotAfter);
        Assert.Equal(TestKeys.Secret("webhook"), options.Keys[1].Secret.ToArray());
    }

    [Theory]
    [InlineData("Keys:0:Secret", "short")]
    [InlineData("Keys:0:Secret", "whsec_not*base64-not*base64-not*base64-")]
    [InlineData("Keys:0:SecretBase64", "not*base64-not*base64-not*base64-not*base64")]
    [InlineData("Keys:0:Secret", "your_hmac_secret_key_here-0123456789")]
    public async Task A_host_with_a_bad_secret_does_not_start_and_does_not_show_it(string key, string secret)
    {
        await using var services = Services()
            .AddLedgerLiftHmacSignatures("hooks", Configuration(("Keys:0:Id", "k1"), (key, secret)))
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Keys[0].Secret", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_reload_live_while_the_rest_stays()
    {
        var configuration = Configuration(
            ("Keys:0:Id", "k1"),
            ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))),
            ("MaxBodyBytes", "100")
        );
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        var verifier = services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks");
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k1"));

        configuration["Keys:1:Id"] = "k2";
        configuration["Keys:1:SecretBase64"] = Convert.ToBase64String(TestKeys.Secret("k2"));
        configuration["MaxBodyBytes"] = "1";
        configuration.Reload();
        Assert.Equal(SignatureVerdict.Replayed, await VerifyAsync(verifier, "k1"));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k2"));
        Assert.Contains("k1, k2", Assert.Single(_logs.WithId(4011)).Message, StringComparison.Ordinal);

        configuration["Keys:0:Id"] = "k3";
        configuration["Keys:0:SecretBase64"] = Convert.ToBase64String(TestKeys.Secret("k3"));
        configuration.Reload();
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(verifier, "k1"));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k3"));
        Assert.Equal(100, verifier.MaxBodyBytes);
    }

    [Fact]
    public async Task A_key_that_stays_takes_its_new_time_and_its_new_secret()
    {
        var configuration = Configuration(("Keys:0:Id", "k1"), ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))));
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        var verifier = services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks");
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k1"));

        Assert.Equal(SignatureVerdict.Mismatch, await AfterAsync("Keys:0:NotAfter", _clock.GetUtcNow().ToString("O")));
        Assert.Equal(SignatureVerdict.Replayed, await AfterAsync("Keys:0:NotAfter", _clock.GetUtcNow().AddSeconds(1).ToString("O")));
        Assert.Equal(SignatureVerdict.Mismatch, await AfterAsync("Keys:0:NotBefore", _clock.GetUtcNow().AddTicks(1).ToString("O")));
        Assert.Equal(SignatureVerdict.Replayed, await AfterAsync("Keys:0:NotBefore", _clock.GetUtcNow().ToString("O")));
        Assert.Equal(SignatureVerdict.Mismatch, await AfterAsync("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k2"))));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k2"));

        async Task<SignatureVerdict> AfterAsync(string key, string value)
        {
            configuration[key] = value;
            configuration.Reload();
            return await VerifyAsync(verifier, "k1");
        }
    }

    [Fact]
    public async Task A_signing_handler_follows_the_keys_until_it_is_disposed()
    {
        var configuration = Configuration(
            ("Scheme", "Canonical"),
            ("Keys:0:Id", "k1"),
            ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1")))
        );
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        using var wire = new VerifyingHandler(services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks"));
        var handler = services.GetRequiredKeyedService<HmacSigningHandler>("hooks");
        handler.InnerHandler = wire;
        using var client = new HttpClient(handler, disposeHandler: false);
        var target = new Uri("http://localhost/");

        await client.GetAsync(target);
        configuration["Keys:0:Id"] = "renamed";
        configuration.Reload();
        await client.GetAsync(target);
        handler.Dispose();
        configuration["Keys:0:Id"] = "again";
        configuration.Reload();

        Assert.Equal(["k1", "renamed"], wire.Sent["X-Key-Id"]);
        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Valid], wire.Verdicts);
        // The verifier and the handler, and then only the verifier.
        Assert.Equal(2, _logs.WithId(4011).Count(record => record.Message.Contains("renamed", StringComparison.Ordinal)));
        Assert.Single(_logs.WithId(4011), record => record.Message.Contains("again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_reload_is_logged_and_changes_nothing()
    {
        var configuration = Configuration(("Keys:0:Id", "k1"), ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))));
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        var verifier = services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks");

        configuration["Keys:0:SecretBase64"] = Convert.ToBase64String("too-short"u8);
        configuration.Reload();

        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k1"));
        Assert.Contains("Keys[0].Secret", Assert.Single(_logs.WithId(4012)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", _logs.AllText(), StringComparison.Ordinal);

        configuration["Keys:0:Id"] = "k2";
        configuration["Keys:0:SecretBase64"] = Convert.ToBase64String(TestKeys.Secret("k2"));
        configuration.Reload();
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k2"));
    }

    [Fact]
    public async Task A_disposed_verifier_follows_no_change()
    {
        var configuration = Configuration(("Keys:0:Id", "k1"), ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))));
        var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        var verifier = services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks");
        await services.DisposeAsync();

        configuration["Keys:0:Id"] = "k2";
        configuration.Reload();

        Assert.Empty(_logs.WithId(4011));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(verifier, "k1"));
    }

    [Fact]
    public async Task Verifications_go_on_while_keys_are_replaced()
    {
        var configuration = Configuration(
            ("Keys:0:Id", "k1"),
            ("Keys:0:SecretBase64", Convert.ToBase64String(TestKeys.Secret("k1"))),
            ("ReplayProtection", "false")
        );
        await using var services = Services().AddLedgerLiftHmacSignatures("hooks", configuration).BuildServiceProvider();
        var verifier = services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks");
        var verifying = Enumerable
            .Range(0, 3)
            .Select(_ =>
                Task.Run(async () =>
                {
                    var wrong = 0;
                    for (var i = 0; i < 3000; i++)
                        wrong += await VerifyAsync(verifier, "k1") is SignatureVerdict.Valid ? 0 : 1;
                    return wrong;
                })
            )
            .ToArray();
        for (var i = 0; i < 100; i++)
        {
            configuration["Keys:1:Id"] = $"other-{i}";
            configuration["Keys:1:SecretBase64"] = Convert.ToBase64String(TestKeys.Secret($"other-{i}"));
            configuration.Reload();
        }

        Assert.Equal(0, (await Task.WhenAll(verifying)).Sum());
    }

    [Fact]
    public async Task Takes_a_replay_guard_that_is_registered_already()
    {
        await using var services = Services()
            .AddSingleton<IReplayGuard>(new BrokenReplayGuard())
            .AddLedgerLiftHmacSignatures("hooks", options => options.Keys.Add(TestKeys.Key("k1")))
            .BuildServiceProvider();

        await Assert.ThrowsAsync<TokenStoreException>(() =>
            VerifyAsync(services.GetRequiredKeyedService<HmacSignatureVerifier>("hooks"), "k1")
        );
    }

    [Fact]
    public void Refuses_nulls()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentNullException>(() =>
            HmacSignatureServiceCollectionExtensions.AddLedgerLiftHmacSignatures(null!, "n", _ => { })
        );
        Assert.Throws<ArgumentNullException>(() =>
            HmacSignatureServiceCollectionExtensions.AddLedgerLiftHmacSignatures(null!, "n", Configuration())
        );
        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftHmacSignatures(null!, _ => { }));
        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftHmacSignatures(null!, Configuration()));
        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftHmacSignatures("n", (Action<HmacSignatureOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => services.AddLedgerLiftHmacSignatures("n", (IConfiguration)null!));
    }

    private static async Task<SignatureVerdict> VerifyAsync(HmacSignatureVerifier verifier, string key) =>
        await verifier.VerifyAsync(HmacSignature.Compute(TestKeys.Secret(key), "1700000000", Body), "1700000000", Body);

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

    private IServiceCollection Services() =>
        new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ILoggerFactory>(_logs)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>));
}
