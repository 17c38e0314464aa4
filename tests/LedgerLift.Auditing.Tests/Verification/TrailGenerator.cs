using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

/// <summary>Small trails of all shapes: few or many batches, several months, details or none, some erased or dropped by right.</summary>
internal static class TrailGenerator
{
    private static readonly DateTimeOffset Start = new(2030, 1, 10, 0, 0, 0, TimeSpan.Zero);

    public static AuditSigningKey Key { get; } = AuditSigningKey.FromSecret("k1", Enumerable.Repeat((byte)7, 32).ToArray());

    public static StoredTrail Make(Random random, int minBatches = 3)
    {
        var trail = new StoredTrail(Key, new ManualTimeProvider(Start));
        var batches = random.Next(minBatches, minBatches + 5);
        for (var i = 0; i < batches; i++)
        {
            trail.Clock.Advance(TimeSpan.FromDays(random.Next(1, 20)));
            trail.Seal(Month(trail), [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => Entry(trail, random))]);
        }

        return trail;
    }

    public static string Month(StoredTrail trail) => trail.Clock.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static AuditEntry Entry(StoredTrail trail, Random random)
    {
        trail.Clock.Advance(TimeSpan.FromMicroseconds(random.Next(0, 3)));
        var now = trail.Clock.GetUtcNow();
        return new AuditEntry(Guid.CreateVersion7(now), now, "document.upload", "document", "success")
        {
            ResourceId = random.Next().ToString(CultureInfo.InvariantCulture),
            UserId = random.Next(3) == 0 ? null : "ann",
            Details = random.Next(4) == 0 ? null : Json.Parse($$"""{"name":"a.pdf","bytes":{{random.Next()}}}"""),
        };
    }
}
