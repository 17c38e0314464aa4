namespace LedgerLift.AspNetCore;

/// <summary>How failures are answered and what health shows. Read once, at start.</summary>
public sealed class LedgerLiftAspNetCoreOptions
{
    /// <summary>
    /// Rules that say what an exception is answered with; the first that gives an answer counts, then those of this package: a request that cannot be read is
    /// its own status, a token store that is down 503, anything else 500. The default is empty. See <see cref="MapFailure{TException}"/>.
    /// </summary>
    public IList<Func<Exception, ProblemAnswer?>> Failures { get; } = [];

    /// <summary>The <c>code</c> of answers of which only the status is known, by status; those that are not here have the codes of <see cref="AspNetCoreErrorCodes"/>. The default is empty.</summary>
    public IDictionary<int, string> StatusCodes { get; } = new Dictionary<int, string>();

    /// <summary>What <c>Retry-After</c> says on 429 and 503 when nothing better is known: above zero, up to a day. The default is 5 seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The health endpoints. The default is a new <see cref="LedgerLiftHealthOptions"/>.</summary>
    public LedgerLiftHealthOptions Health { get; set; } = new();

    /// <summary>The <c>system</c> component. The default is a new <see cref="SystemHealthOptions"/>.</summary>
    public SystemHealthOptions System { get; set; } = new();

    /// <summary>Adds a rule for one type of exceptions, and those derived from it, to <see cref="Failures"/>.</summary>
    /// <typeparam name="TException">The type.</typeparam>
    /// <param name="rule">Gives the answer, or null to leave it to the rules behind. Called on any thread.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public LedgerLiftAspNetCoreOptions MapFailure<TException>(Func<TException, ProblemAnswer?> rule)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(rule);
        Failures.Add(failure => failure is TException known ? rule(known) : null);
        return this;
    }
}
