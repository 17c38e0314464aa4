namespace UploadHost.Browser.Tests;

public sealed class TextTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    [Fact]
    public async Task Runs_at_one_height_are_one_line_and_pages_are_told_apart()
    {
        var text = await modules.RunAsync<string>(
            """
            const { textByPage } = await import('/js/views/text.js');
            const run = (page, y, text) => ({ page, box: { x: 0, y, width: 10, height: 12 }, data: { text } });
            return textByPage([run(1, 10, 'Total'), run(1, 11, '12.50'), run(1, 40, 'Thanks'), run(2, 10, 'Annex')]);
            """
        );

        Assert.Equal("— page 1 —\nTotal 12.50\nThanks\n\n— page 2 —\nAnnex", text);
    }

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("{\"text\":\"inner\"}", "inner")]
    [InlineData("{\"cells\":[\"a\",\"b\",3]}", "a | b | 3")]
    [InlineData("[\"a\",\"b\"]", "a | b")]
    [InlineData("{\"width\":595}", "")]
    [InlineData("null", "")]
    public async Task Text_is_found_in_each_form_of_data(string data, string text) =>
        Assert.Equal(
            text,
            await modules.RunAsync<string>("const { textOf } = await import('/js/views/text.js'); return textOf(JSON.parse(input));", data)
        );

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(104_857_600, "100 MiB")]
    public async Task Sizes_are_told_in_binary_units(long bytes, string expected) =>
        Assert.Equal(expected, await modules.RunAsync<string>("return (await import('/js/views/format.js')).size(input);", bytes));

    [Fact]
    public async Task A_name_with_markup_is_text_and_nothing_else()
    {
        var told = await modules.RunAsync<string[]>(
            """
            const { el } = await import('/js/views/dom.js');
            const name = '<img src=x onerror=alert(1)>.pdf';
            const element = el('p', {}, name);
            return [String(element.children.length), String(element.textContent === name)];
            """
        );

        Assert.Equal(["0", "true"], told);
    }
}
