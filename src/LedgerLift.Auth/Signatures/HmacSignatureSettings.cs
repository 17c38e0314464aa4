namespace LedgerLift.Auth;

/// <summary>The shape of <see cref="HmacSignatureOptions"/> in configuration.</summary>
internal sealed class HmacSignatureSettings
{
    public IList<HmacKeySettings>? Keys { get; set; }

    public SignatureScheme? Scheme { get; set; }

    public TimeSpan? Tolerance { get; set; }

    public long? MaxBodyBytes { get; set; }

    public bool? ReplayProtection { get; set; }

    public string? SignatureHeader { get; set; }

    public string? TimestampHeader { get; set; }

    public string? MessageIdHeader { get; set; }

    public string? NonceHeader { get; set; }

    public string? KeyIdHeader { get; set; }

    public string? ContentHashHeader { get; set; }

    /// <summary>Overrides what the configuration names, and adds its keys.</summary>
    internal void ApplyTo(HmacSignatureOptions options)
    {
        options.Scheme = Scheme ?? options.Scheme;
        options.Tolerance = Tolerance ?? options.Tolerance;
        options.MaxBodyBytes = MaxBodyBytes ?? options.MaxBodyBytes;
        options.ReplayProtection = ReplayProtection ?? options.ReplayProtection;
        if (SignatureHeader is not null)
            options.SignatureHeader = SignatureHeader;
        if (TimestampHeader is not null)
            options.TimestampHeader = TimestampHeader;
        options.MessageIdHeader = MessageIdHeader ?? options.MessageIdHeader;
        options.NonceHeader = NonceHeader ?? options.NonceHeader;
        options.KeyIdHeader = KeyIdHeader ?? options.KeyIdHeader;
        options.ContentHashHeader = ContentHashHeader ?? options.ContentHashHeader;
        foreach (var key in Keys ?? [])
            options.Keys.Add(key.ToKey());
    }
}
