using System.Net;

namespace UploadHost.Processes;

/// <summary>A host that listens.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private RunningHost(SampleProcess process, Uri address)
    {
        (Process, Address) = (process, address);
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public SampleProcess Process { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a host and waits until it listens.</summary>
    public static async Task<RunningHost> StartAsync(
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken,
        int? port = null
    )
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort.Find()}");
        var host = new RunningHost(SampleProcess.Start("UploadHost", environment, "--urls", address.ToString()), address);
        try
        {
            // Long, for machines that are busy.
            await host.WaitUntilAsync("/liveness", HttpStatusCode.OK, TimeSpan.FromMinutes(3), cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks until the answer has this status.</summary>
    public async Task WaitUntilAsync(string path, HttpStatusCode status, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        object last = "no answer";
        while (TimeProvider.System.GetElapsedTime(start) < patience && !Process.HasExited)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                if (answer.StatusCode == status)
                    return;
                last = answer.StatusCode;
            }
            catch (HttpRequestException failure)
            {
                last = failure.Message;
            }

            await Task.Delay(100, cancellationToken);
        }

        throw new TimeoutException($"{path} did not become {status}: {last}.\n{Process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
