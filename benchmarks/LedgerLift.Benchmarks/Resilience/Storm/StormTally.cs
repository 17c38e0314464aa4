using Polly.CircuitBreaker;

namespace LedgerLift.Benchmarks;

/// <summary>Sends requests and counts how they end.</summary>
internal sealed class StormTally(StormPlan plan, StormDependency dependency, Func<StormDependency, ValueTask<string>> send)
{
    private readonly int[] _answers = new int[(int)plan.Total.TotalSeconds];
    private int _begun;
    private int _begunWhileDead;
    private int _ended;
    private Exception? _unexpected;

    /// <summary>Begins a request; it ends while the clock moves on.</summary>
    public void Send()
    {
        _begun++;
        if (plan.IsDeadAt(dependency.Now))
            _begunWhileDead++;

        _ = SendAsync();
    }

    /// <summary>What was counted, after the last request has ended.</summary>
    /// <exception cref="InvalidOperationException">A request has not ended, or ended in a way that no protection should.</exception>
    public StormResult Result(string name)
    {
        if (_ended != _begun || _unexpected is not null)
            throw new InvalidOperationException($"{name}: of {_begun} requests {_ended} ended as they should.", _unexpected);

        var callsWhileDead = dependency.Calls.Where((_, second) => plan.IsDeadAt(TimeSpan.FromSeconds(second))).Sum();
        var peak = dependency.Calls[(int)(plan.Before + plan.Dead).TotalSeconds..].Max();
        return new StormResult(name, dependency.Calls, _answers, (double)callsWhileDead / _begunWhileDead, peak);
    }

    private async Task SendAsync()
    {
        try
        {
            await send(dependency);
            if (dependency.Now < plan.Total)
                _answers[(int)dependency.Now.TotalSeconds]++;
        }
        catch (Exception failure) when (failure is HttpRequestException or BrokenCircuitException)
        {
            // The dependency's refusal or the breaker's.
        }
        catch (Exception failure)
        {
            _unexpected ??= failure;
            return;
        }

        _ended++;
    }
}
