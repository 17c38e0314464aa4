namespace LedgerLift.Data;

/// <summary>What is remembered of one physical connection. Its user of the moment is the only one who touches it.</summary>
internal sealed class PhysicalConnection(ServerEra? era)
{
    /// <summary>The server as it was when the connection was made; null when it would not tell.</summary>
    public ServerEra? Era => era;

    /// <summary>Whether it broke over a COMMIT that was sent as a command; noted before the failure is thrown.</summary>
    public bool HasLostCommit { get; set; }

    /// <summary>When it was returned last; null when it has had no user yet.</summary>
    public long? ReturnedAt { get; set; }
}
