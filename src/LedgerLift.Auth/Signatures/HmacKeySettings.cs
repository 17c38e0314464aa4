namespace LedgerLift.Auth;

/// <summary>The shape of an <see cref="HmacKey"/> in configuration: the secret as text, or in base64.</summary>
internal sealed class HmacKeySettings
{
    public string? Id { get; set; }

    public string? Secret { get; set; }

    public string? SecretBase64 { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? NotAfter { get; set; }

    // What cannot be read becomes an empty secret, which the validator refuses by the key's number and never by its text.
    internal HmacKey ToKey() => new(Id ?? "", ReadSecret(), NotBefore, NotAfter);

    private ReadOnlyMemory<byte> ReadSecret()
    {
        try
        {
            return SecretBase64 is null ? HmacKey.FromText("", Secret ?? "").Secret : Convert.FromBase64String(SecretBase64);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return default;
        }
    }
}
