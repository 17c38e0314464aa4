using System.Net;
using System.Text.Json;

namespace LedgerLift.Auditing.Tests;

/// <summary>Names, types, requirements and constraints as OCSF 1.8.0 publishes them, and what of an event does not keep to them.</summary>
internal sealed class OcsfSchema
{
    private readonly JsonElement _objects;

    private OcsfSchema(JsonElement objects) => _objects = objects;

    public static OcsfSchema Load() => new(Json.Parse(Golden.Text("ocsf-1.8.0-api-activity.json")).GetProperty("objects"));

    public IReadOnlyList<string> FaultsOf(JsonElement value) => [.. Faults("api_activity", value, "event")];

    private IEnumerable<string> Faults(string type, JsonElement value, string path)
    {
        // A name and a version are all that is needed of objects that the shape does not list.
        if (!_objects.TryGetProperty(type, out var shape))
            return value.ValueKind is JsonValueKind.Object ? [] : [$"{path} is no object"];
        if (value.ValueKind is not JsonValueKind.Object)
            return [$"{path} is no object"];
        var attributes = shape.GetProperty("attributes");
        var missing = attributes
            .EnumerateObject()
            .Where(attribute => attribute.Value.TryGetProperty("required", out _) && !value.TryGetProperty(attribute.Name, out _))
            .Select(attribute => $"{path}.{attribute.Name} is missing");
        var bad = value
            .EnumerateObject()
            .SelectMany(member =>
                attributes.TryGetProperty(member.Name, out var attribute)
                    ? AttributeFaults(attribute, member.Value, $"{path}.{member.Name}")
                    : [$"{path}.{member.Name} is unknown"]
            );
        return [.. missing, .. bad, .. ConstraintFaults(shape, value, path)];
    }

    private static IEnumerable<string> ConstraintFaults(JsonElement shape, JsonElement value, string path) =>
        shape.TryGetProperty("constraints", out var constraints)
        && constraints.TryGetProperty("at_least_one", out var names)
        && !names.EnumerateArray().Any(name => value.TryGetProperty(name.GetString()!, out _))
            ? [$"{path} has none of {names}"]
            : [];

    private IEnumerable<string> AttributeFaults(JsonElement attribute, JsonElement value, string path)
    {
        if (attribute.TryGetProperty("array", out _))
            return value.ValueKind is JsonValueKind.Array
                ? value.EnumerateArray().SelectMany(item => ScalarFaults(attribute, item, path))
                : [$"{path} is no array"];
        return ScalarFaults(attribute, value, path);
    }

    private IEnumerable<string> ScalarFaults(JsonElement attribute, JsonElement value, string path)
    {
        var type = attribute.GetProperty("type").GetString()!;
        switch (type)
        {
            case "integer_t" or "long_t":
                if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt64(out var number))
                    return [$"{path} is no whole number"];
                return attribute.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => one.GetInt64() == number)
                    ? [$"{path} is {number}"]
                    : [];
            case "string_t":
                var isText =
                    value.ValueKind is JsonValueKind.String
                    && (!path.EndsWith(".ip", StringComparison.Ordinal) || IPAddress.TryParse(value.GetString(), out _));
                return isText ? [] : [$"{path} is no string"];
            default:
                return Faults(type, value, path);
        }
    }
}
