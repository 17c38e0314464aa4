using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LedgerLift.Storage;

/// <summary>The policy of a form upload: every field as a condition, and the range of sizes ("Creating a POST policy", Amazon S3).</summary>
internal static class PostPolicy
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the policy and its signature to the fields.</summary>
    internal static void Seal(Dictionary<string, string> fields, string bucket, long length, DateTimeOffset expiresAt, SigningKey key)
    {
        var policy = Convert.ToBase64String(Write(fields, bucket, length, expiresAt));
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        key.Sign(Encoding.ASCII.GetBytes(policy), signature);
        fields["policy"] = policy;
        fields["x-amz-signature"] = Convert.ToHexStringLower(signature);
    }

    private static ReadOnlySpan<byte> Write(Dictionary<string, string> fields, string bucket, long length, DateTimeOffset expiresAt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("expiration", expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("conditions");
            WriteExact(json, "bucket", bucket);
            foreach (var (name, value) in fields)
                WriteExact(json, name, value);
            json.WriteStartArray();
            json.WriteStringValue("content-length-range");
            json.WriteNumberValue(length);
            json.WriteNumberValue(length);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteExact(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }
}
