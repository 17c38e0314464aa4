using System.Data;

namespace LedgerLift.Data;

/// <summary>How one transaction is run. Immutable.</summary>
public sealed record TransactionSettings
{
    private static readonly TransactionSettings Default = new();

    /// <summary>The isolation level; <see cref="IsolationLevel.ReadCommitted"/> by default.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>Whether the server refuses writes in it; false by default. True costs one round trip.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How its commit is made safe; null (the default): as <see cref="DatabaseOptions.CommitSafety"/> says.</summary>
    public CommitSafety? CommitSafety { get; init; }

    /// <summary>How often it is repeated, at least 0; null (the default): as <see cref="DatabaseOptions.Retry"/> says. Used by <see cref="IDatabase.ExecuteInTransactionAsync"/>.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>
    /// The longest all tries together may take, over zero; null (the default): no such limit. Used by <see cref="IDatabase.ExecuteInTransactionAsync"/>. It ends
    /// the work, never a COMMIT that is under way.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The settings, or the defaults for null, when every value is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal static TransactionSettings OrDefault(TransactionSettings? settings)
    {
        settings ??= Default;
        if (settings.MaxRetries < 0)
            throw new ArgumentOutOfRangeException(nameof(settings), settings.MaxRetries, "MaxRetries must be at least 0.");
        if (settings.Timeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(settings), settings.Timeout, "Timeout must be over zero, or null.");
        if (settings.CommitSafety is { } safety && !Enum.IsDefined(safety))
            throw new ArgumentOutOfRangeException(nameof(settings), safety, "CommitSafety must be None, Probe or Verified.");
        return settings;
    }
}
