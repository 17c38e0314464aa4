using System.Globalization;
using System.Text.Json;

namespace LedgerLift.Auditing.Tests;

/// <summary>What CloudEvents 1.0.2 asks of an event in its JSON format (core specification, sections "Context Attributes" and "Type System"; JSON format, section 2).</summary>
internal static class CloudEventRules
{
    public static void Check(JsonElement cloudEvent)
    {
        Assert.Equal("1.0", cloudEvent.GetProperty("specversion").GetString());
        foreach (var required in new[] { "id", "source", "type" })
            Assert.NotEqual("", cloudEvent.GetProperty(required).GetString());
        foreach (var attribute in cloudEvent.EnumerateObject().Where(member => member.Name is not "data"))
        {
            Assert.Matches("^[a-z0-9]{1,20}$", attribute.Name);
            var value = attribute.Value.GetString()!;
            Assert.NotEqual("", value);
            Assert.All(value.EnumerateRunes(), rune => Assert.True(IsAllowed(rune.Value), $"{attribute.Name} holds U+{rune.Value:X4}"));
        }

        Assert.True(Uri.IsWellFormedUriString(cloudEvent.GetProperty("source").GetString(), UriKind.RelativeOrAbsolute));
        var time = cloudEvent.GetProperty("time").GetString()!;
        Assert.True(
            DateTimeOffset.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss.ffffffK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        );
        Assert.Equal("application/json", cloudEvent.GetProperty("datacontenttype").GetString());
    }

    private static bool IsAllowed(int rune) =>
        rune is not (<= 0x1f or (>= 0x7f and <= 0x9f) or (>= 0xfdd0 and <= 0xfdef)) && (rune & 0xffff) is not (0xfffe or 0xffff);
}
