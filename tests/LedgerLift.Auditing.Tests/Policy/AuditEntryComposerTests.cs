using System.Text.Json;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditEntryComposerTests
{
    private static readonly AuditAction s_action = new("document.upload", "document") { Details = Json.Parse("""{"iban":"DE89"}""") };

    [Fact]
    public void A_redactor_that_throws_fails_the_operation_and_nothing_unredacted_gets_out()
    {
        var composer = new AuditEntryComposer(new AuditingOptions { RedactDetails = Throw });

        var failed = Assert.Throws<AuditException>(() => composer.Compose(s_action));

        Assert.Equal(AuditErrorCodes.RedactionFailed, failed.Code);
        Assert.False(failed.IsTransient);
        Assert.IsType<FormatException>(failed.InnerException);
        Assert.DoesNotContain("DE89", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_policy_is_to_go_on_the_entry_is_made_without_details_and_the_log_says_so()
    {
        using var log = new LogRecorder();
        var options = new AuditingOptions { RedactDetails = Throw };
        options.Rules.Add(new AuditPolicyRule { OnFailure = AuditFailureMode.ContinueAndSignal });
        var composer = new AuditEntryComposer(options, logger: log.CreateLogger("x"));

        var composed = composer.Compose(s_action);

        Assert.Null(composed.Entry.Details);
        Assert.Equal("FormatException", Assert.Single(log.WithId(5001))["ExceptionType"]);
        Assert.DoesNotContain("DE89", log.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_redactor_is_not_asked_where_nothing_of_the_details_is_recorded()
    {
        var options = new AuditingOptions { RedactDetails = Throw };
        options.Rules.Add(new AuditPolicyRule { Level = AuditLevel.Metadata });

        Assert.Null(new AuditEntryComposer(options).Compose(s_action).Entry.Details);
        Assert.Null(
            new AuditEntryComposer(new AuditingOptions { RedactDetails = Throw }).Compose(s_action with { Details = null }).Entry.Details
        );
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void The_limit_of_details_is_for_their_canonical_form(int length, bool fits)
    {
        var composer = new AuditEntryComposer(new AuditingOptions { MaxDetailsBytes = 9 });
        var action = s_action with { Details = Json.Parse($" \"{new string('a', length - 2)}\" ") };

        if (fits)
            Assert.Equal(length, composer.Compose(action).Entry.CanonicalDetails?.Length);
        else
            Assert.Throws<ArgumentException>(() => composer.Compose(action));
    }

    [Fact]
    public void The_id_is_of_the_time_of_the_entry()
    {
        var clock = new ManualTimeProvider();
        var entry = new AuditEntryComposer(timeProvider: clock).Compose(s_action).Entry;

        Span<byte> bytes = stackalloc byte[16];
        entry.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);

        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), milliseconds);
    }

    private static JsonElement Throw(JsonElement details) => throw new FormatException("no");
}
