namespace UploadHost.Browser.Tests;

public sealed class EventTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    [Fact]
    public async Task A_listener_is_given_the_detail_until_it_leaves()
    {
        var told = await modules.RunAsync<string[]>(
            """
            const { UploadEvents } = await import('/js/upload/events.js');
            const events = new UploadEvents();
            const told = [];
            const leave = events.on('upload:error', ({ filename, error }) => told.push(`${filename} ${error}`));
            events.emit('upload:error', { id: '1', filename: 'a.pdf', error: 'e1' });
            leave();
            events.emit('upload:error', { id: '1', filename: 'a.pdf', error: 'e2' });
            return told;
            """
        );

        Assert.Equal(["a.pdf e1"], told);
    }

    [Fact]
    public async Task An_unknown_type_is_refused_on_both_sides()
    {
        var names = await modules.RunAsync<string[]>(
            """
            const { UploadEvents } = await import('/js/upload/events.js');
            const events = new UploadEvents();
            const refused = async (work) => (await failure((async () => work())())).name;
            return [await refused(() => events.on('upload:eror', () => {})), await refused(() => events.emit('upload:eror', {}))];
            """
        );

        Assert.Equal(["TypeError", "TypeError"], names);
    }

    [Fact]
    public async Task Every_type_is_documented_where_it_is_declared()
    {
        var types = await modules.RunAsync<string[]>("return (await import('/js/upload/events.js')).eventTypes;");
        var source = await File.ReadAllTextAsync(
            Path.Combine(PageFiles.Folder, "js", "upload", "events.js"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(11, types.Length);
        Assert.All(types, type => Assert.Contains($"| {type} |", source, StringComparison.Ordinal));
        Assert.All(types, type => Assert.Contains($"'{type}': ", source, StringComparison.Ordinal));
    }
}
