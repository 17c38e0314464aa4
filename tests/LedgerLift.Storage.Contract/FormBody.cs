using System.Globalization;
using System.Text;

namespace LedgerLift.Storage.Contract;

/// <summary>A form as a browser writes it (RFC 7578).</summary>
internal static class FormBody
{
    internal static byte[] Of(string boundary, IReadOnlyDictionary<string, string> fields, byte[] file)
    {
        var head = new StringBuilder();
        foreach (var (name, value) in fields)
            head.Append(
                CultureInfo.InvariantCulture,
                $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        head.Append(
            CultureInfo.InvariantCulture,
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"upload\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. file, .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n")];
    }
}
