using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LedgerLift.Auditing.Contract;

/// <summary>JSON with everything escaped that is not a plain letter.</summary>
internal static class JsonEncoding
{
    public static JsonSerializerOptions Strict { get; } =
        new() { Encoder = JavaScriptEncoder.Default, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
}
