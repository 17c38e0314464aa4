using FsCheck;
using FsCheck.Fluent;

namespace DocumentPipeline.Tests;

public sealed class ListCursorTests
{
    [Fact]
    public void Reads_back_what_it_wrote() =>
        Prop.ForAll<long, Guid>(
                (ticks, id) =>
                {
                    var cursor = new ListCursor(new DateTimeOffset(Math.Abs(ticks % DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero), id);
                    return ListCursor.Parse(cursor.ToString()) == cursor;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Refuses_whatever_it_did_not_write() =>
        Prop.ForAll<NonEmptyString>(text =>
            {
                var refusal = Assert.Throws<RefusedException>(() => ListCursor.Parse(text.Get + "!"));
                return refusal.Code == RefusalCodes.ValidationFailed && refusal.Errors is [{ Field: "cursor" }];
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Takes_nothing_for_the_first_page()
    {
        Assert.Null(ListCursor.Parse(null));
        Assert.Null(ListCursor.Parse(""));
    }
}
