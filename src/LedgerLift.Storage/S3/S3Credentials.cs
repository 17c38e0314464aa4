using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace LedgerLift.Storage;

/// <summary>Who asks: the keys of the options, or whatever the SDK's chain finds, looked for at the first request and renewed by the SDK. Thread-safe.</summary>
internal sealed class S3Credentials
{
    private readonly Lazy<AWSCredentials> _source;
    private readonly ImmutableCredentials? _fixed;

    internal S3Credentials(StorageOptions options)
    {
        if (options is { AccessKey: { } access, SecretKey: { } secret })
        {
            _fixed = new ImmutableCredentials(access, secret, token: null);
            _source = new Lazy<AWSCredentials>(new BasicAWSCredentials(access, secret));
        }
        else
        {
            _source = new Lazy<AWSCredentials>(static () => DefaultAWSCredentialsIdentityResolver.GetCredentials());
        }
    }

    /// <summary>The keys of the options for the SDK's client; null: it looks for itself.</summary>
    internal AWSCredentials? Fixed => _fixed is null ? null : _source.Value;

    /// <summary>The keys to sign with now.</summary>
    internal ValueTask<ImmutableCredentials> GetAsync() =>
        _fixed is not null ? new(_fixed) : new ValueTask<ImmutableCredentials>(_source.Value.GetCredentialsAsync());
}
