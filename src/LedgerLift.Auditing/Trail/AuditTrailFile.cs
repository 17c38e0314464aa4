using System.Text;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>Verifies what <see cref="AuditTrailWriter"/> exported, without the store it came from. Safe to use from any thread.</summary>
public static class AuditTrailFile
{
    /// <summary>Reads an exported trail to its end and verifies it, in memory for one batch.</summary>
    /// <param name="input">The export; stays open.</param>
    /// <param name="keys">All keys that ever signed the trail, public ones or secrets.</param>
    /// <param name="anchors">The checkpoints that were kept out of reach; null for none.</param>
    /// <param name="origin">The name that the trail must have; null for whatever the file says, which then proves only that it is some trail of these keys.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">There is no key, or two have one id.</exception>
    /// <exception cref="AuditException">The file is no exported trail, or is cut off (<see cref="AuditErrorCodes.MalformedTrail"/>).</exception>
    public static async Task<AuditVerification> VerifyAsync(
        Stream input,
        IEnumerable<AuditSigningKey> keys,
        IEnumerable<AuditCheckpoint>? anchors = null,
        string? origin = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        var reading = new TrailReading(keys, anchors, origin);
        using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 64 << 10, leaveOpen: true);
        long number = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            Read(reading, line, number);
        }

        return reading.Complete() ?? throw Malformed(number, "the file is cut off");
    }

    private static void Read(TrailReading reading, string line, long number)
    {
        try
        {
            using var document = AuditEntryJson.ParseUtf8(Encoding.UTF8.GetBytes(line));
            reading.Add(AuditEntryFields.Read(document.RootElement));
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            throw Malformed(number, exception.Message, exception);
        }
    }

    private static AuditException Malformed(long line, string what, Exception? cause = null) =>
        new($"Line {line}: {what}", AuditErrorCodes.MalformedTrail, isTransient: false, cause);
}
