namespace UploadHost.Browser.Tests;

public sealed class HashingTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Hex =
        "const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');";

    // FIPS 180-4's examples by NIST, and nothing at all.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    public async Task Sha256_of_the_standards_examples(string text, string expected) =>
        Assert.Equal(expected, await HashAsync("sha256.js", "Sha256", text));

    // RFC 1321, appendix A.5.
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public async Task Md5_of_the_standards_examples(string text, string expected) =>
        Assert.Equal(expected, await HashAsync("md5.js", "Md5", text));

    [Fact]
    public async Task Sha256_piece_by_piece_is_WebCryptos_for_random_sizes_and_cuts()
    {
        var different = await modules.RunAsync<string?>(
            Hex
                + """
                const { Sha256 } = await import('/js/hashing/sha256.js');
                for (let run = 0; run < 200; run++) {
                  const bytes = new Uint8Array(run < 140 ? run : Math.floor(Math.random() * 60000));
                  crypto.getRandomValues(bytes);
                  const ours = new Sha256();
                  for (let at = 0; at < bytes.length; ) {
                    const end = at + 1 + Math.floor(Math.random() * 200);
                    ours.update(bytes.subarray(at, end));
                    at = end;
                  }
                  if (hex(ours.digest()) !== hex(await crypto.subtle.digest('SHA-256', bytes))) return `size ${bytes.length}`;
                }
                return null;
                """
        );

        Assert.Null(different);
    }

    [Fact]
    public async Task A_large_file_is_hashed_in_the_worker_as_if_it_were_read_whole()
    {
        var told = await modules.RunAsync<string[]>(
            Hex
                + """
                const { hashFile } = await import('/js/hashing/hasher.js');
                const { Md5 } = await import('/js/hashing/md5.js');
                const { wholeBytes } = await import('/js/hashing/digest.js');
                const bytes = new Uint8Array(wholeBytes + 12345);
                for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
                const steps = [];
                const { sha256, md5 } = await hashFile(new Blob([bytes]), { onProgress: (hashed) => steps.push(hashed) });
                const rising = steps.every((step, index) => index === 0 || step > steps[index - 1]);
                return [sha256, hex(await crypto.subtle.digest('SHA-256', bytes)), md5, hex(new Md5().update(bytes).digest()),
                  `${steps.length} ${rising} ${steps.at(-1) === bytes.length}`];
                """
        );

        Assert.Equal(told[1], told[0]);
        Assert.Equal(told[3], told[2]);
        Assert.Equal("5 true true", told[4]);
    }

    [Fact]
    public async Task A_small_file_is_hashed_in_the_worker_too()
    {
        var sha256 = await modules.RunAsync<string>(
            "const { hashFile } = await import('/js/hashing/hasher.js'); return (await hashFile(new Blob(['abc']))).sha256;"
        );

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sha256);
    }

    [Fact]
    public async Task Hashing_can_be_cancelled_in_the_middle()
    {
        var code = await modules.RunAsync<string>(
            """
            const { hashFile } = await import('/js/hashing/hasher.js');
            const abort = new AbortController();
            const running = hashFile(new Blob([new Uint8Array(40 * 1024 * 1024)]), { signal: abort.signal, onProgress: () => abort.abort() });
            return (await failure(running)).code;
            """
        );

        Assert.Equal("cancelled", code);
    }

    private Task<string> HashAsync(string file, string name, string text) =>
        modules.RunAsync<string>(
            Hex
                + $"const module = await import('/js/hashing/{file}'); return hex(new module.{name}().update(new TextEncoder().encode(input)).digest());",
            text
        );
}
