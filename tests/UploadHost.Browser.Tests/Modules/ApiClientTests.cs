namespace UploadHost.Browser.Tests;

public sealed class ApiClientTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Setup = """
        const { ApiClient } = await import('/js/api/client.js');
        const sent = [];
        const answers = [];
        const problem = (status, body = {}, headers = {}) => () => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
        const good = (body = { ok: true }) => () => new Response(JSON.stringify(body), { status: 200 });
        const broken = () => { throw new TypeError('Failed to fetch'); };
        const send = async (path, init) => { sent.push({ path, ...init }); return (answers.length > 1 ? answers.shift() : answers[0])(); };
        const make = (parts = {}) => new ApiClient({ fetch: send, token: () => 'jti-1', retry: { sleep: async () => {}, random: () => 0.5 }, ...parts });
        """;

    [Fact]
    public async Task Sends_token_and_request_id_and_the_body_as_json()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                answers.push(good());
                await make().call('POST', '/api/x', { body: { a: 1 } });
                const { method, headers, body, credentials } = sent[0];
                return [method, headers.Authorization, headers['Content-Type'], body, credentials, String(/^web-[0-9a-f]{24}$/.test(headers['X-Request-ID']))];
                """
        );

        Assert.Equal(["POST", "Bearer jti-1", "application/json", """{"a":1}""", "omit", "true"], told);
    }

    [Fact]
    public async Task A_refusal_tells_its_code_message_faults_and_request_id()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                answers.push(problem(422, { code: 'validation_failed', detail: 'No.', requestId: 'r-7', errors: [{ field: 'fileName', code: 'extension_mismatch', message: 'm' }] }));
                const it = await failure(make().call('POST', '/api/x'));
                return [it.code, it.message, it.requestId, it.errors[0].code, String(it.status), String(sent.length)];
                """
        );

        Assert.Equal(["validation_failed", "No.", "r-7", "extension_mismatch", "422", "1"], told);
    }

    [Fact]
    public async Task Without_an_answer_the_failure_has_the_request_id_that_was_sent()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + "answers.push(broken); const it = await failure(make().call('GET', '/x')); return [it.code, it.requestId, sent[3].headers['X-Request-ID'], String(sent.length)];"
        );

        Assert.Equal("network", told[0]);
        Assert.Equal(told[2], told[1]);
        Assert.Equal("4", told[3]);
    }

    [Theory]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 4)]
    [InlineData("GET", null, 4)]
    [InlineData("DELETE", null, 4)]
    public async Task What_may_have_arrived_is_sent_again_only_where_that_does_no_harm(string method, bool? repeatable, int calls)
    {
        var sent = await modules.RunAsync<int>(
            Setup
                + "answers.push(broken); await failure(make().call(input.method, '/x', { repeatable: input.repeatable ?? undefined })); return sent.length;",
            new { method, repeatable }
        );

        Assert.Equal(calls, sent);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_was_not_executed_is_sent_again_whatever_it_is(int status)
    {
        var value = await modules.RunAsync<string>(
            Setup
                + "answers.push(problem(input, {}, { 'Retry-After': '1' }), good({ at: 'last' })); return (await make().call('POST', '/x')).at;",
            status
        );

        Assert.Equal("last", value);
    }

    [Fact]
    public async Task Five_failures_in_a_row_open_the_breaker_and_nothing_more_is_sent()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                answers.push(problem(500));
                const client = make({ retry: { retries: 0 } });
                for (let i = 0; i < 5; i++) await failure(client.call('GET', '/x'));
                const it = await failure(client.call('GET', '/x'));
                return [client.getCircuitBreakerStatus().state, it.code, String(it.retryAfterMs > 59000), String(sent.length)];
                """
        );

        Assert.Equal(["open", "circuit_open", "true", "5"], told);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    public async Task Refusals_and_the_users_pace_never_open_it(int status)
    {
        var state = await modules.RunAsync<string>(
            Setup
                + """
                answers.push(problem(input));
                const client = make({ retry: { retries: 0 } });
                for (let i = 0; i < 20; i++) await failure(client.call('GET', '/x'));
                return client.getCircuitBreakerStatus().state;
                """,
            status
        );

        Assert.Equal("closed", state);
    }

    [Fact]
    public async Task The_users_pace_between_failures_says_nothing_about_the_host()
    {
        var state = await modules.RunAsync<string>(
            Setup
                + """
                answers.push(problem(500), problem(500), problem(500), problem(500), problem(429), problem(500));
                const client = make({ retry: { retries: 0 } });
                for (let i = 0; i < 6; i++) await failure(client.call('GET', '/x'));
                return client.getCircuitBreakerStatus().state;
                """
        );

        Assert.Equal("open", state);
    }

    [Fact]
    public async Task A_call_with_all_its_tries_ends_at_its_deadline()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const hang = (path, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
                const start = performance.now();
                const it = await failure(make({ fetch: hang, timeoutMs: 80 }).call('GET', '/x'));
                return [it.code, String(performance.now() - start < 2000), String(new ApiClient({}).timeoutMs)];
                """
        );

        Assert.Equal(["timeout", "true", "30000"], told);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_told_so_and_the_breaker_does_not_count_it()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const abort = new AbortController();
                const hang = (path, { signal }) => new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason)); abort.abort(); });
                const client = make({ fetch: hang });
                const it = await failure(client.call('GET', '/x', { signal: abort.signal }));
                return [it.code, String(client.getCircuitBreakerStatus().consecutiveFailures)];
                """
        );

        Assert.Equal(["cancelled", "0"], told);
    }

    [Fact]
    public async Task After_a_401_the_token_is_renewed_once_and_the_call_repeated()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                let token = 'old', renewals = 0;
                answers.push(problem(401, { code: 'unauthorized' }), good());
                await make({ token: () => token, renew: async () => { renewals++; token = 'new'; return true; } }).call('POST', '/x');
                return [String(renewals), sent[1].headers.Authorization, String(sent.length)];
                """
        );

        Assert.Equal(["1", "Bearer new", "2"], told);
    }

    [Theory]
    [InlineData("120", 120_000)]
    [InlineData("Sat, 21 Nov 2026 12:00:30 GMT", 30_000)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Reads_Retry_After_as_seconds_or_date(string value, int? expected)
    {
        var read = await modules.RunAsync<int?>(
            "const { retryAfterOf } = await import('/js/api/problem.js'); return retryAfterOf(input, Date.UTC(2026, 10, 21, 12)) ?? null;",
            value
        );

        Assert.Equal(expected, read);
    }
}
