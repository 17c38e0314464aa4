using System.Data;

namespace LedgerLift.Data;

/// <summary>How one transaction is run. Immutable.</summary>
public sealed record TransactionSettings
{
    private static readonly TransactionSettings Default = new();

    /// <summary>The isolation level.</summary>
    /// <value>The default is <see cref="IsolationLevel.ReadCommitted"/>.</value>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>Whether the server refuses writes in it. Costs one round trip.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReadOnly { get; init; }

    /// <summary>How its commit is made safe.</summary>
    /// <value>The default is <see langword="null"/>: as <see cref="DatabaseOptions.CommitSafety"/> says.</value>
    public CommitSafety? CommitSafety { get; init; }

    /// <summary>How often it is repeated at most. Used by <see cref="IDatabase.ExecuteInTransactionAsync"/>.</summary>
    /// <value>The default is <see langword="null"/>: as <see cref="DatabaseOptions.Retry"/> says. At least 0.</value>
    public int? MaxRetries { get; init; }

    /// <summary>
    /// The longest all tries together may take. It ends the work, never a COMMIT that is under way. Used by <see cref="IDatabase.ExecuteInTransactionAsync"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no such limit. Over zero.</value>
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
