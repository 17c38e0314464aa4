using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>What the health endpoints do and show. Read once, at start.</summary>
public sealed class LedgerLiftHealthOptions
{
    /// <summary>What everybody is shown. The default is <see cref="HealthDetail.Summary"/>.</summary>
    public HealthDetail Detail { get; set; } = HealthDetail.Summary;

    /// <summary>The authorization policy whose callers are shown everything. The default is null: nobody by policy.</summary>
    public string? FullDetailPolicy { get; set; }

    /// <summary>Says of a request whether it is shown everything, such as by an administrator's key. The default is null: nobody by this.</summary>
    public Func<HttpContext, ValueTask<bool>>? ShowsFullDetail { get; set; }

    /// <summary>How long a check may take that has no limit of its own; then it counts as failed. Above zero, up to 5 minutes. The default is 5 seconds.</summary>
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the answer of a check is shown before it is asked again; only of checks that do not keep theirs themselves and say so by <c>checkedAt</c> among their data, as those of
    /// this family do. From zero, up to an hour. The default is 30 seconds.
    /// </summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the host goes on serving after readiness was turned off, so that balancers notice before connections are refused; only when readiness was ever
    /// asked for. From zero, up to 5 minutes, and shorter than the host's shutdown timeout. The default is 5 seconds.
    /// </summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);
}
