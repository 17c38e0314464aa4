using System.Buffers;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>A proof as JSON and back. The parts that are hashed stand in it byte by byte as they are hashed.</summary>
internal static class InclusionProofJson
{
    internal const string Kind = "proof";

    internal static byte[] Write(AuditInclusionProof proof)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(output, TrailJson.WriterOptions))
        {
            writer.WriteStartObject();
            TrailJson.WriteKind(writer, Kind);
            writer.WriteNumber("index"u8, proof.Index);
            TrailJson.WriteRecord(writer, proof.Record);
            WritePath(writer, "batchPath", proof.BatchPath);
            TrailJson.WriteRaw(writer, "batch", proof.Batch.ToCanonicalJson());
            WritePath(writer, "checkpointPath", proof.CheckpointPath);
            TrailJson.WriteRaw(writer, "checkpoint", proof.Checkpoint.ToCanonicalJson());
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    internal static AuditInclusionProof Read(ReadOnlyMemory<byte> utf8) => SealJson.Read(utf8, FromFields);

    private static AuditInclusionProof FromFields(AuditEntryFields fields) =>
        string.Equals(fields.OfThisFormat().RequiredText("kind"), Kind, StringComparison.Ordinal)
            ? new AuditInclusionProof(
                TrailJson.ReadRecord(fields) ?? throw BadField.Named("header", "The field header is missing."),
                (int)Math.Min(fields.Number("index"), int.MaxValue),
                ReadPath(fields, "batchPath"),
                AuditBatch.FromFields(fields.Object("batch")),
                ReadPath(fields, "checkpointPath"),
                AuditCheckpoint.FromFields(fields.Object("checkpoint"))
            )
            : throw BadField.Named("kind", $"The field kind must be {Kind}.");

    private static void WritePath(Utf8JsonWriter writer, string name, IReadOnlyList<AuditHash> path)
    {
        writer.WriteStartArray(name);
        foreach (var hash in path)
            writer.WriteStringValue(hash.ToString());
        writer.WriteEndArray();
    }

    private static AuditHash[] ReadPath(AuditEntryFields fields, string name)
    {
        if (fields.Find(name) is not { ValueKind: JsonValueKind.Array } array)
            throw BadField.Named(name, $"The field {name} must be an array of hashes.");
        return
        [
            .. array
                .EnumerateArray()
                .Select(item =>
                    item.ValueKind is JsonValueKind.String && AuditHash.TryParse(item.GetString(), out var hash)
                        ? hash
                        : throw BadField.Named(name, $"The field {name} must be an array of hashes.")
                ),
        ];
    }
}
