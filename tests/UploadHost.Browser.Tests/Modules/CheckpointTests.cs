namespace UploadHost.Browser.Tests;

public sealed class CheckpointTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Setup = """
        const { CheckpointStore, fileIdentity } = await import('/js/upload/checkpoints.js');
        const name = 'test-' + crypto.randomUUID();
        const checkpoint = (id, expiresAt = '2999-01-01T00:00:00Z') =>
          ({ id, uploadId: 'u', key: 'k', partSize: 5, partCount: 2, sha256: 's', fileName: 'f', fileSize: 9, expiresAt, completed: false });
        """;

    [Fact]
    public async Task What_one_page_kept_the_next_finds()
    {
        var found = await modules.RunAsync<string>(
            Setup
                + "await new CheckpointStore(name).put(checkpoint('a')); const found = await new CheckpointStore(name).find('a'); return JSON.stringify(found) === JSON.stringify(checkpoint('a')) ? 'same' : JSON.stringify(found);"
        );

        Assert.Equal("same", found);
    }

    [Fact]
    public async Task Keeps_no_address_and_no_token_even_when_given_them()
    {
        var fields = await modules.RunAsync<string>(
            Setup
                + "await new CheckpointStore(name).put({ ...checkpoint('a'), url: 'http://x/?X-Amz-Signature=1', token: 't' }); return Object.keys(await new CheckpointStore(name).find('a')).join();"
        );

        Assert.Equal("id,uploadId,key,partSize,partCount,sha256,fileName,fileSize,expiresAt,completed", fields);
    }

    [Fact]
    public async Task An_expired_one_is_not_found_and_goes_when_they_are_listed()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const store = new CheckpointStore(name);
                await store.put(checkpoint('old', '2001-01-01T00:00:00Z'));
                await store.put(checkpoint('new'));
                const found = String(await store.find('old'));
                const listed = (await store.list()).map(({ id }) => id).join();
                return [found, listed, String(await new CheckpointStore(name).find('old', 0))];
                """
        );

        Assert.Equal(["null", "new", "null"], told);
    }

    [Fact]
    public async Task A_removed_one_is_gone()
    {
        var found = await modules.RunAsync<string>(
            Setup
                + "const store = new CheckpointStore(name); await store.put(checkpoint('a')); await store.remove('a'); return String(await store.find('a'));"
        );

        Assert.Equal("null", found);
    }

    [Fact]
    public async Task Without_a_database_it_remembers_until_the_page_is_closed()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const forbidden = { open() { throw new DOMException('no', 'SecurityError'); } };
                const told = [];
                for (const factory of [null, forbidden]) {
                  const store = new CheckpointStore(name, factory);
                  await store.put(checkpoint('a'));
                  told.push((await store.find('a')).uploadId + (await store.list()).length);
                }
                return told;
                """
        );

        Assert.Equal(["u1", "u1"], told);
    }

    [Fact]
    public async Task A_file_is_known_by_name_size_and_time()
    {
        var distinct = await modules.RunAsync<int>(
            Setup
                + """
                const file = (name, content, lastModified) => fileIdentity(new File([content], name, { lastModified }));
                return new Set([file('a', 'x', 1), file('a', 'x', 1), file('b', 'x', 1), file('a', 'xy', 1), file('a', 'x', 2), file('a,1', 'x', 1)]).size;
                """
        );

        Assert.Equal(5, distinct);
    }
}
