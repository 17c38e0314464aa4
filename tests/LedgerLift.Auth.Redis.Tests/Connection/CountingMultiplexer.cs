using System.Reflection;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A connection that goes nowhere and counts how often its client was told to look for the masters.</summary>
internal class CountingMultiplexer : DispatchProxy
{
    public int Looks { get; private set; }

    /// <summary>What a look comes to.</summary>
    public Task<bool> Look { get; set; } = Task.FromResult(true);

    public static (IConnectionMultiplexer Connection, CountingMultiplexer Counter) Make()
    {
        var connection = Create<IConnectionMultiplexer, CountingMultiplexer>();
        return (connection, (CountingMultiplexer)connection);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name is nameof(IConnectionMultiplexer.GetDatabase))
            return Create<IDatabase, CountingMultiplexer>();
        if (targetMethod?.Name is not nameof(IConnectionMultiplexer.ConfigureAsync))
            throw new OperationCanceledException($"{targetMethod?.Name} leads nowhere.");
        Looks++;
        return Look;
    }
}
