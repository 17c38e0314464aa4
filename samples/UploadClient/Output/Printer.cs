using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace UploadClient;

/// <summary>Prints for people or, by <c>--json</c>, for programs.</summary>
internal sealed class Printer(bool isJson)
{
    public bool IsJson { get; } = isJson;

    /// <summary>Prints an answer: as JSON, or as the line.</summary>
    public Task WriteAsync<T>(T answer, JsonTypeInfo<T> type, Func<T, string> line) =>
        Console.Out.WriteLineAsync(IsJson ? JsonSerializer.Serialize(answer, type) : line(answer));

    /// <summary>A document in a line.</summary>
    public static string Line(DocumentAnswer document) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{document.Id}  {document.Status, -10}  {document.FileSize, 12}  {document.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {Plain(document.FileName)}{(document.ErrorMessage is { } why ? $"  ({Plain(why)})" : "")}"
        );

    /// <summary>Text of others without the characters that move a terminal's cursor.</summary>
    public static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
