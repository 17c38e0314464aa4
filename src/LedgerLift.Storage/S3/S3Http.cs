using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Makes the one HTTP client of a store.</summary>
internal static class S3Http
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(60);

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes its handlers.")]
    internal static HttpClient Create(StorageOptions options)
    {
        var sockets = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.MaxConnections,
            // A connection that is replaced regularly follows DNS and load balancers: what others build a client anew for.
            PooledConnectionLifetime = options.ConnectionLifetime,
            PooledConnectionIdleTimeout = options.ConnectionLifetime < LongestIdle ? options.ConnectionLifetime : LongestIdle,
            ConnectTimeout = options.ConnectTimeout,
            // A redirect means a wrong region or address: to be reported, not followed with credentials.
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (options.Provider == ObjectStoreProvider.S3Compatible && OperatingSystem.IsLinux())
            sockets.ConnectCallback = PromptStream.ConnectAsync;
        return new HttpClient(new SendOnceHandler(sockets)) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
