using UploadHost.Processes;

namespace LedgerLift.Benchmarks;

/// <summary>The sample pipeline under the death of each of its servers: uploads by its own client, and by a first draft of one.</summary>
internal sealed class PipelineGroup : IBenchmarkGroup
{
    public string Name => "pipeline";

    public string Notes =>
        """
            Needs `eng/services up postgres redis s3`, and kills them. 8 clients upload 25 small files each, one a second, to a host with two workers; meanwhile
            PostgreSQL, Redis and the S3 gateway are each killed (`kill -9`) once, are down for two seconds, and are started again. Then the same with the other kind
            of client. An upload counts as failed when its client gave up. The naive client makes the same three calls (announce, PUT, register), each once;
            the hardened one is samples/UploadClient. Host and workers are the same for both.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        var naive = 0;
        var hardened = 0;
        await run.OnceAsync(
            "naive clients",
            async () => naive = await FailedAsync((host, token) => new NaiveClient(host, token), run.IsDry)
        );
        await run.OnceAsync(
            "hardened clients",
            async () => hardened = await FailedAsync((host, token) => new HardenedClient(host, token), run.IsDry)
        );
        run.Figure("pipeline.naive_failed", naive, "of 200 uploads", Goal.LowerIsBetter);
        run.Figure("pipeline.hardened_failed", hardened, "of 200 uploads", Goal.LowerIsBetter);
        run.Figure("pipeline.failed_reduction", naive == 0 ? 0 : 100.0 * (naive - hardened) / naive, "%", Goal.AtLeast(95));
    }

    private static async Task<int> FailedAsync(Func<Uri, string, IStormClient> newClient, bool isDry)
    {
        await using var servers = new HostServers();
        await servers.InitializeAsync();
        servers.Settings["LedgerLift__Storage__Resilience__CircuitBreaker__RecoveryTimeout"] = "00:00:03";
        servers.Settings["LedgerLift__Storage__HealthCacheDuration"] = "00:00:01";
        await using var host = await RunningHost.StartAsync(servers.Settings, CancellationToken.None);
        await using var one = SampleProcess.Start("DocumentWorker", servers.Settings, "work");
        await using var other = SampleProcess.Start("DocumentWorker", servers.Settings, "work");
        var storm = isDry
            ? new UploadStorm(servers, host, newClient)
            {
                Clients = 1,
                UploadsPerClient = 1,
                KillsServers = false,
            }
            : new UploadStorm(servers, host, newClient);
        var outcomes = await storm.RunAsync(CancellationToken.None);
        return outcomes.Count(outcome => outcome.DocumentId is null);
    }
}
