using System.Buffers;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>Reports every fault of <see cref="HmacSignatureOptions"/> at once; never a secret.</summary>
internal sealed class HmacSignatureOptionsValidator : IValidateOptions<HmacSignatureOptions>
{
    private const int MaxKeyIdLength = 64;

    private static readonly TimeSpan MaxTolerance = TimeSpan.FromDays(1);

    // RFC 9110 section 5.6.2: what a header's name may consist of.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    public ValidateOptionsResult Validate(string? name, HmacSignatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Scheme))
            result.AddError(
                $"must be one of {string.Join(", ", Enum.GetNames<SignatureScheme>())}, but is {options.Scheme}.",
                nameof(options.Scheme)
            );
        if (options.Tolerance <= TimeSpan.Zero || options.Tolerance > MaxTolerance)
            result.AddError($"must be above 0 and at most {MaxTolerance:c}, but is {options.Tolerance:c}.", nameof(options.Tolerance));
        if (options.MaxBodyBytes < 0)
            result.AddError($"must be 0 or more, but is {options.MaxBodyBytes}.", nameof(options.MaxBodyBytes));
        CheckHeaders(options, result);
        CheckKeys(options, result);
        return result.Build();
    }

    private static void CheckHeaders(HmacSignatureOptions options, ValidateOptionsResultBuilder result)
    {
        (string Option, string? Value)[] headers =
        [
            (nameof(options.SignatureHeader), options.SignatureHeader),
            (nameof(options.TimestampHeader), options.TimestampHeader),
            (nameof(options.MessageIdHeader), options.MessageIdHeader),
            (nameof(options.NonceHeader), options.NonceHeader),
            (nameof(options.KeyIdHeader), options.KeyIdHeader),
            (nameof(options.ContentHashHeader), options.ContentHashHeader),
        ];
        foreach (var (option, value) in headers)
            if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExcept(TokenCharacters))
                result.AddError($"must be the name of a header (RFC 9110, token), but is '{value}'.", option);
        foreach (var same in headers.GroupBy(header => header.Value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            result.AddError(
                $"must each be a header of its own, but several are '{same.Key}'.",
                string.Join(", ", same.Select(header => header.Option))
            );
    }

    private static void CheckKeys(HmacSignatureOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.Keys is not { Count: > 0 })
        {
            result.AddError("must hold at least one key.", nameof(options.Keys));
            return;
        }

        var known = new Dictionary<string, HmacKey>(StringComparer.Ordinal);
        for (var i = 0; i < options.Keys.Count; i++)
            if (options.Keys[i] is { } key)
                CheckKey(key, $"{nameof(options.Keys)}[{i}]", known, result);
            else
                result.AddError("must be a key, but is null.", $"{nameof(options.Keys)}[{i}]");
    }

    private static void CheckKey(HmacKey key, string option, Dictionary<string, HmacKey> known, ValidateOptionsResultBuilder result)
    {
        if (string.IsNullOrEmpty(key.Id) || key.Id.Length > MaxKeyIdLength || key.Id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            result.AddError($"must be 1 to {MaxKeyIdLength} visible ASCII characters, but is '{key.Id}'.", $"{option}.{nameof(key.Id)}");
        else if (!known.TryAdd(key.Id, key) && !known[key.Id].IsSame(key))
            result.AddError($"must be unique among the keys, but '{key.Id}' is there twice.", $"{option}.{nameof(key.Id)}");
        if (key.Secret.Length < HmacKey.MinSecretBytes)
            result.AddError(
                $"must have {HmacKey.MinSecretBytes} bytes or more, but has {key.Secret.Length}.",
                $"{option}.{nameof(key.Secret)}"
            );
        else if (KnownSecrets.Contains(key.Secret.Span))
            result.AddError("must be random, but is a well-known sample or one byte repeated.", $"{option}.{nameof(key.Secret)}");
        if (key.NotBefore >= key.NotAfter)
            result.AddError($"must lie after NotBefore ({key.NotBefore:O}), but is {key.NotAfter:O}.", $"{option}.{nameof(key.NotAfter)}");
    }
}
