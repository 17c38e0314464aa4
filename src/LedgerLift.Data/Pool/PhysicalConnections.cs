using System.Collections.Concurrent;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>What is remembered of each physical connection, by its backend's process id. Thread-safe.</summary>
internal sealed class PhysicalConnections(int capacity)
{
    private readonly ConcurrentDictionary<int, PhysicalConnection> _known = new();

    /// <summary>A new connection was made: what was known under its process id was another's.</summary>
    public void Add(int processId, ServerEra? era)
    {
        // Connections that the pool has closed are never heard of again; the living are a fraction of this.
        if (_known.Count >= capacity)
            _known.Clear();
        _known[processId] = new PhysicalConnection(era);
    }

    public PhysicalConnection? Find(NpgsqlConnection connection) => Find(connection.ProcessID);

    public PhysicalConnection? Find(int processId) => _known.GetValueOrDefault(processId);
}
