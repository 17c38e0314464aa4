namespace LedgerLift.Benchmarks;

/// <summary>Uploads and signed URLs beside the AWS SDK, rclone and awscli.</summary>
internal sealed class StorageGroup : IBenchmarkGroup
{
    public string Name => "storage";

    public string Notes =>
        """
            Needs the S3 server, rclone and awscli: `eng/services install servers tools` and `eng/services up s3`.

            The sink is a server in the same process that reads bodies and throws them away, with next to no work and no garbage of its own, so that the time is that
            of the client. The SDK's TransferUtility is used as its documentation shows, with a path and its defaults (parts of 8 MB, ten at once), which protect
            bodies with CRC32 and, over plain HTTP, signs the SHA-256 of every chunk; ours sends parts of 8 MiB, four at once, each bound by the SHA-256 in its signature,
            and knows the SHA-256 of the whole. The row "SDK checksums off" sends without CRC32. Of our processor time more than half is SHA-256 (of every part,
            and of the whole), so that two cores set the limit here; other work on them meets this figure first.

            On the gateway everybody sends the same file to the same Ceph on the same machine, which is most of the time measured. The SDK's clients are set so that
            the gateway takes their bodies. rclone and awscli are processes, and their start counts: it is in the row "start only", and not in the goal, which is
            judged by the fastest peer after its start was taken off.

            Uploads are measured one a round in shuffled order, nine rounds to the sink and five to the gateway; ns is one upload, B the managed allocation of the whole process for one.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        // First, while the process is small: what it grows by is then this part's own.
        await MemoryPart.RunAsync(run);
        await PresignPart.RunAsync(run);
        await SinkPart.RunAsync(run);
        await GatewayPart.RunAsync(run);
    }
}
