using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditEntryProperties
{
    [Fact]
    public void Every_entry_comes_back_equal_from_its_json() =>
        Prop.ForAll(
                AuditEntries.Any.ToArbitrary(),
                entry =>
                {
                    var back = AuditEntry.FromJson(entry.ToJson());
                    return back == entry
                        && back.GetHashCode() == entry.GetHashCode()
                        && back.ToJson() == entry.ToJson()
                        && back.Details.HasValue == entry.Details.HasValue
                        && (entry.Details is not { } details || JsonElement.DeepEquals(back.Details!.Value, details));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Every_entry_comes_back_equal_from_its_canonical_form() =>
        Prop.ForAll(AuditEntries.Any.ToArbitrary(), entry => AuditEntry.FromJson(Encoding.UTF8.GetString(entry.ToCanonicalJson())) == entry)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_canonical_form_is_that_of_the_json() =>
        Prop.ForAll(
                AuditEntries.Any.ToArbitrary(),
                entry => entry.ToCanonicalJson().AsSpan().SequenceEqual(CanonicalJson.Serialize(Json.Parse(entry.ToJson())))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Entries_are_equal_exactly_when_their_canonical_forms_are() =>
        Prop.ForAll(
                AuditEntries.Any.ToArbitrary(),
                AuditEntries.Any.Two().ToArbitrary(),
                (entry, others) =>
                {
                    var mixed = entry with { Details = others.Item1.Details, UserId = others.Item2.UserId };
                    return mixed == entry == mixed.ToCanonicalJson().AsSpan().SequenceEqual(entry.ToCanonicalJson());
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Times_are_utc_and_whole_microseconds() =>
        Prop.ForAll(
                AuditEntries.Any.ToArbitrary(),
                entry => entry.Timestamp.Offset == TimeSpan.Zero && entry.Timestamp.Ticks % TimeSpan.TicksPerMicrosecond == 0
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_cut_text_is_refused_and_never_misread()
    {
        var json = AuditEntries.Full.ToJson();
        for (var length = 0; length < json.Length; length++)
            Assert.Throws<ArgumentException>(() => AuditEntry.FromJson(json[..length]));
    }
}
