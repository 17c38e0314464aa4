using System.Text.RegularExpressions;
using LedgerLift.Logging;

namespace LedgerLift.AspNetCore;

/// <summary>Takes secrets, hosts and users out of what checks say, whoever wrote them. Thread-safe.</summary>
internal static partial class HealthText
{
    private const int MaxLength = 256;
    private const string Hidden = "[hidden]";

    private static readonly PiiRedactor Redactor = new();

    public static string Clean(string text)
    {
        var cut = text.Length <= MaxLength ? text : text[..MaxLength];
        return Inside().Replace(Redactor.RedactText(cut), Hidden);
    }

    public static bool IsSecretName(string name) => Redactor.IsSensitiveKey(name) || InsideName().IsMatch(name);

    // URLs, host:port, addresses of IPv4 and IPv6, dotted host names with a port or a known ending, host=… and user "…".
    [GeneratedRegex(
        """
            [a-z][a-z0-9+.-]*://\S+|\S+@\S+|\b[\w-]+(\.[\w-]+)*:\d{2,5}\b|\b\d{1,3}(\.\d{1,3}){3}\b|\[?[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}\]?|\b[\w-]+(\.[\w-]+)*\.(local|localdomain|internal|svc|cluster|lan|com|net|org|io)\b|\b(host|server|data source|endpoint|user|user id|username|uid|role|database)\s*[=:]\s*[^;,\s]+|\b(host|server|user|role|database|login)\s+["'][^"']*["']
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Inside();

    [GeneratedRegex(
        "^(host|hosts|hostname|server|endpoint|endpoints|address|ip|user|username|connectionstring|url|uri)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex InsideName();
}
