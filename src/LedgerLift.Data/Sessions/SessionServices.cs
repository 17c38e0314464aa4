using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>What all sessions of a database share.</summary>
internal sealed record SessionServices(
    SessionPool Pool,
    CommitProtocol Commits,
    DatabaseOptions Options,
    SessionMetrics Metrics,
    ILogger Logger,
    string PoolName,
    string DatabaseName
);
