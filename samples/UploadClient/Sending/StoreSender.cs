using System.Net;
using LedgerLift.Resilience;

namespace UploadClient;

/// <summary>Sends bytes to the store's signed URLs: tried again with jittered pauses, given up after two minutes without progress.</summary>
internal sealed class StoreSender : IDisposable
{
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // The store gets the headers that were signed, and none of ours.
            ActivityHeadersPropagator = null,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ResilienceExecutor _transfers = new(
        "store",
        new ResiliencePolicyOptions
        {
            TotalTimeout = null,
            CircuitBreaker = null,
            Retry = new RetryOptions { MaxRetries = 6, MaxDelay = TimeSpan.FromSeconds(5) },
        },
        new HostFailures()
    );

    /// <summary>Sends a slice of a file. What a failed try had sent is taken back from the progress.</summary>
    /// <param name="prepare">Gives the signed URL of each try.</param>
    public async Task SendAsync(
        Func<CancellationToken, Task<PartAnswer>> prepare,
        FileInfo file,
        long offset,
        long length,
        Action<long> progress,
        CancellationToken cancellationToken
    ) =>
        await _transfers.ExecuteAsync(
            OperationSafety.Idempotent,
            async token =>
            {
                var counted = 0L;
                try
                {
                    var target = await prepare(token);
                    // Nothing moved for so long: the try is given up. Every piece that is sent starts the wait anew, the last one that for the answer.
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
                    patience.CancelAfter(Stall);
                    var body = new FileSlice(
                        file,
                        offset,
                        length,
                        sent =>
                        {
                            patience.CancelAfter(Stall);
                            counted += sent;
                            progress(sent);
                        }
                    );
                    await PutAsync(target, body, patience.Token);
                }
                catch
                {
                    progress(-counted);
                    throw;
                }
            },
            cancellationToken
        );

    public void Dispose() => _http.Dispose();

    private async Task PutAsync(PartAnswer target, FileSlice body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(target.Method), target.Url) { Content = body };
        foreach (var (name, value) in target.Headers)
        {
            if (
                name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            )
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, value))
                body.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        // Create-only: it is there already, by a try whose reply was lost; registering compares it with what was announced.
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.PreconditionFailed)
            throw await HostRefusedException.ReadAsync(answer, cancellationToken);
    }
}
