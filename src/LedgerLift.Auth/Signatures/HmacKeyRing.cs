using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>The keys in force. A change of the options replaces all of them at one instant; options that are refused change nothing.</summary>
/// <remarks>Safe to use from any thread: a caller works on the keys it was given to its end.</remarks>
internal sealed class HmacKeyRing : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogger _logger;
    private readonly IDisposable? _subscription;
    private volatile HmacKeyEntry[] _keys;

    internal HmacKeyRing(HmacSignatureOptions options, ReloadingHmacOptions? changes, ILogger logger)
    {
        _logger = logger;
        _keys = [.. Distinct(options).Select(key => new HmacKeyEntry(key))];
        _subscription = changes?.Subscribe(() => Reload(changes));
    }

    internal ReadOnlySpan<HmacKeyEntry> Keys => _keys;

    /// <summary>The key that signs now: of those that count, the one that counts since the latest, the last among equals. Null when none counts.</summary>
    internal HmacKeyEntry? FindSigningKey(DateTimeOffset now)
    {
        HmacKeyEntry? newest = null;
        foreach (var key in Keys)
            if (key.IsActive(now) && (newest is null || key.NotBefore >= newest.NotBefore))
                newest = key;
        return newest;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        foreach (var key in _keys)
            key.Dispose();
    }

    // A registration that is made twice adds its keys twice.
    private static IEnumerable<HmacKey> Distinct(HmacSignatureOptions options) =>
        options.Keys.DistinctBy(key => key.Id, StringComparer.Ordinal);

    private void Reload(ReloadingHmacOptions changes)
    {
        try
        {
            Replace(changes.Create());
        }
        catch (OptionsValidationException exception)
        {
            Log.KeysRefused(_logger, exception.Message);
        }
    }

    private void Replace(HmacSignatureOptions options)
    {
        HmacKeyEntry[] former;
        lock (_lock)
        {
            former = _keys;
            _keys = [.. Distinct(options).Select(key => Array.Find(former, entry => entry.IsSame(key)) ?? new HmacKeyEntry(key))];
        }

        foreach (var gone in former.Except(_keys))
            gone.Dispose();
        Log.KeysReplaced(_logger, string.Join(", ", Distinct(options).Select(key => key.Id)));
    }
}
