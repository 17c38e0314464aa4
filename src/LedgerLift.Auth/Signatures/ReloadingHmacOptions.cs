using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LedgerLift.Auth;

/// <summary>Named options that a host may change while it runs.</summary>
/// <remarks>Not <see cref="IOptionsMonitor{TOptions}"/>: that throws bad options at whoever reloads the configuration, and its listeners hear nothing of it.</remarks>
internal sealed class ReloadingHmacOptions(
    string name,
    IOptionsFactory<HmacSignatureOptions> factory,
    IEnumerable<IOptionsChangeTokenSource<HmacSignatureOptions>> sources
)
{
    /// <summary>Makes the options as they are now.</summary>
    /// <exception cref="OptionsValidationException">They have faults.</exception>
    internal HmacSignatureOptions Create() => factory.Create(name);

    /// <summary>Calls back after each change until it is disposed.</summary>
    internal IDisposable Subscribe(Action changed) =>
        new Subscriptions([
            .. sources
                .Where(source => string.Equals(source.Name ?? Options.DefaultName, name, StringComparison.Ordinal))
                .Select(source => ChangeToken.OnChange(source.GetChangeToken, changed)),
        ]);

    private sealed class Subscriptions(IDisposable[] subscriptions) : IDisposable
    {
        public void Dispose() => Array.ForEach(subscriptions, subscription => subscription.Dispose());
    }
}
