using System.Globalization;
using System.Text;
using LedgerLift.Auditing;

namespace LedgerLift.Samples.AuditVerify;

/// <summary>Verifies one file after another and says what it found.</summary>
internal sealed class FileVerifier(
    IReadOnlyList<AuditSigningKey> keys,
    IReadOnlyList<AuditCheckpoint> anchors,
    string? origin,
    TextWriter output
)
{
    /// <summary>Verifies a file. False when it was tampered with.</summary>
    public async Task<bool> VerifyAsync(string file, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(file);
        await using (stream)
        {
            var isProof = await BeginsWithAsync(stream, """{"kind":"proof","""u8.ToArray(), cancellationToken);
            stream.Position = 0;
            return isProof
                ? await VerifyProofAsync(file, stream, cancellationToken)
                : await VerifyTrailAsync(file, stream, cancellationToken);
        }
    }

    private static async Task<bool> BeginsWithAsync(FileStream stream, byte[] expected, CancellationToken cancellationToken)
    {
        var start = new byte[expected.Length];
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start.AsSpan(0, read).SequenceEqual(expected);
    }

    private async Task<bool> VerifyTrailAsync(string file, FileStream stream, CancellationToken cancellationToken)
    {
        var found = await AuditTrailFile.VerifyAsync(stream, keys, anchors, origin, cancellationToken);
        foreach (var tamper in found.Tampers)
            await output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{file}: {tamper.Kind} at {tamper.Position}: {tamper.Message}")
            );
        var verdict = found.Clean ? "clean" : "TAMPERED";
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {verdict}. {found.Entries} entries in {found.Batches} batches; {found.Dropped} dropped and {found.Erased} erased by right; anchored up to {found.Anchored}."
            )
        );
        return found.Clean;
    }

    private async Task<bool> VerifyProofAsync(string file, FileStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var proof = AuditInclusionProof.FromJson(Encoding.UTF8.GetBytes(await reader.ReadToEndAsync(cancellationToken)));
        var fault = FaultOf(proof);
        await output.WriteLineAsync(
            fault is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}: clean. The entry {proof.Record.ToEntry()} is at {proof.Batch.FirstPosition + proof.Index} of the trail {proof.Batch.Origin}."
                )
                : $"{file}: TAMPERED. {fault}"
        );
        return fault is null;
    }

    private string? FaultOf(AuditInclusionProof proof)
    {
        if (!proof.Verify(keys, out var fault))
            return fault;
        if (origin is not null && !string.Equals(origin, proof.Batch.Origin, StringComparison.Ordinal))
            return $"It is of the trail {proof.Batch.Origin}.";
        var anchor = anchors.FirstOrDefault(each => each.BatchNumber == proof.Checkpoint.BatchNumber);
        return anchor is not null && anchor.Hash != proof.Checkpoint.Hash ? "Its checkpoint is not the one that was anchored." : null;
    }
}
