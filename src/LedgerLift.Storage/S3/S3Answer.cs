using System.Globalization;
using System.Xml;
using Amazon.Runtime;

namespace LedgerLift.Storage;

/// <summary>Reads refusals of requests that we sent ourselves into the same exceptions that the SDK throws.</summary>
internal static class S3Answer
{
    private const int LongestBody = 64 * 1024;

    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Throws what the store said no with.</summary>
    /// <exception cref="S3AnswerException">Always.</exception>
    internal static async ValueTask ThrowAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (code, message) = Parse(await BodyAsync(response, cancellationToken).ConfigureAwait(false));
        var status = response.StatusCode;
        throw new S3AnswerException(
            string.IsNullOrEmpty(message) ? string.Create(CultureInfo.InvariantCulture, $"The store answered {(int)status}.") : message,
            (int)status < 500 ? ErrorType.Sender : ErrorType.Receiver,
            code ?? status.ToString(),
            Header(response, "x-amz-request-id"),
            status
        )
        {
            RetryAfter = RetryAfterOf(response),
        };
    }

    internal static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            // By the server's clock, which need not be ours.
            { Date: { } date } when response.Headers.Date is { } now => date - now,
            _ => null,
        };

    private static async ValueTask<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream);
            var text = new char[LongestBody];
            var length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
            return new string(text, 0, length);
        }
    }

    private static (string? Code, string? Message) Parse(string body)
    {
        string? code = null;
        string? message = null;
        try
        {
            using var xml = XmlReader.Create(new StringReader(body), Xml);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Depth: 1, Name: "Code" })
                    code = xml.ReadString();
                else if (xml is { NodeType: XmlNodeType.Element, Depth: 1, Name: "Message" })
                    message = xml.ReadString();
            }
        }
        catch (XmlException)
        {
            // A proxy's page, or nothing at all: the status says enough.
        }

        return (code, message);
    }
}
