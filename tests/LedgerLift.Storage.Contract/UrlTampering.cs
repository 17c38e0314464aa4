using System.Globalization;

namespace LedgerLift.Storage.Contract;

/// <summary>Changes a signed URL as somebody would who has it and wants more.</summary>
internal static class UrlTampering
{
    private const string Signature = "signature=";
    private const string Expires = "expires=";

    internal static Uri FlipSignature(Uri url)
    {
        var text = url.OriginalString;
        var at = ValueOf(text, Signature);
        return new Uri($"{text[..at]}{(text[at] == '0' ? '1' : '0')}{text[(at + 1)..]}");
    }

    internal static Uri RemoveSignature(Uri url)
    {
        var text = url.OriginalString;
        var from = text.LastIndexOf('&', ValueOf(text, Signature));
        var to = text.IndexOf('&', from + 1);
        return new Uri(to < 0 ? text[..from] : text.Remove(from, to - from));
    }

    internal static Uri ExpireLater(Uri url)
    {
        var text = url.OriginalString;
        var at = ValueOf(text, Expires);
        var digits = new string([.. text[at..].TakeWhile(char.IsAsciiDigit)]);
        var later = long.Parse(digits, CultureInfo.InvariantCulture) + 60;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{text[..at]}{later}{text[(at + digits.Length)..]}"));
    }

    private static int ValueOf(string url, string name)
    {
        var at = url.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        Assert.True(at >= 0, $"The URL has no {name}");
        return at + name.Length;
    }
}
