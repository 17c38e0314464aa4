using System.Text.Json;

namespace LedgerLift.Auditing.Tests;

/// <summary>JSON values from text, as deep as an entry may hold them and deeper.</summary>
internal static class Json
{
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2000 });
        return document.RootElement.Clone();
    }
}
