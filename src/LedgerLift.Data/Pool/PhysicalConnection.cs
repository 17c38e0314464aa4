namespace LedgerLift.Data;

/// <summary>What is remembered of one physical connection. Its user of the moment is the only one who touches it.</summary>
internal sealed class PhysicalConnection(ServerEra? era)
{
    /// <summary>The server as it was when the connection was made; null when it would not tell.</summary>
    public ServerEra? Era => era;

    /// <summary>Whether a COMMIT was sent as a command of its own; noted before it is sent.</summary>
    public bool HasSentCommit { get; set; }

    /// <summary>When it was returned last; null when it has had no user yet.</summary>
    public long? ReturnedAt { get; set; }
}
