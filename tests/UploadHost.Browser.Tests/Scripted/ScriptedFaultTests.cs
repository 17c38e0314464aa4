using LedgerLift.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>What the page makes of answers that no real host gives on demand.</summary>
public sealed class ScriptedFaultTests(Chromium chromium) : IAsyncLifetime
{
    private readonly ScriptedHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_lost_answer_to_the_registration_is_no_duplicate_to_the_person()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        // The registration is executed, then its answer is lost.
        _host.AfterAnswer = Once(
            request => request.Method == "POST" && request.Path == "/api/documents",
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );

        await UploadAsync(visitor, "lost.pdf");

        Assert.Equal("lost.pdf", Assert.Single(_host.Documents).FileName);
    }

    [Fact]
    public async Task A_put_whose_answer_was_lost_is_not_sent_over_what_arrived()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        using var lost = _host.Store.DropReplyTo("PUT /uploads/"u8);

        await UploadAsync(visitor, "arrived.pdf");

        Assert.Equal((1, 2), (lost.Fired, _host.Objects.Puts));
        Assert.Single(_host.Documents);
    }

    [Fact]
    public async Task A_signature_that_the_store_refuses_is_replaced_by_a_new_one()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        var asked = 0;
        _host.Script = context =>
        {
            asked += context.Request.Path == "/api/uploads/presign" ? 1 : 0;
            return Task.FromResult(false);
        };
        _host.Objects.Script = AnswerOnce(_ => true, context => context.Response.StatusCode = StatusCodes.Status403Forbidden);

        await UploadAsync(visitor, "expired.pdf");

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_host_that_asks_to_wait_is_waited_for()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        var times = new List<long>();
        _host.Script = async context =>
        {
            if (context.Request.Path != "/api/uploads/presign")
                return false;
            times.Add(TimeProvider.System.GetTimestamp());
            if (times.Count > 1)
                return false;
            context.Response.Headers.RetryAfter = "3";
            await ScriptedHost.Problem(429, "rate_limited", "Too many uploads.").ExecuteAsync(context);
            return true;
        };

        await UploadAsync(visitor, "slowly.pdf");

        Assert.InRange(TimeProvider.System.GetElapsedTime(times[0], times[1]), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_token_that_ended_in_between_is_replaced_and_the_upload_goes_on()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        _host.Tokens.Clear();

        await UploadAsync(visitor, "renewed.pdf");

        Assert.Single(_host.Tokens);
    }

    [Fact]
    public async Task A_refusal_by_the_host_is_shown_with_its_faults_code_and_request_id()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        _host.Script = async context =>
        {
            if (context.Request.Path != "/api/documents" || context.Request.Method != "POST")
                return false;
            var errors = new[]
            {
                new
                {
                    field = "documentDate",
                    code = "date_in_future",
                    message = "The date is after 2026-11-21 (UTC).",
                },
            };
            var problem = new
            {
                code = "validation_failed",
                detail = "The document is not valid.",
                requestId = "req-422",
                errors,
            };
            await Results.Json(problem, statusCode: 422, contentType: "application/problem+json").ExecuteAsync(context);
            return true;
        };
        var path = await visitor.SaveAsync("refused.pdf", SamplePdf.Unique("refused"));

        await visitor.ChooseAsync(path);
        await visitor.WaitForStateAsync("refused.pdf", "failed");

        var item = visitor.Upload("refused.pdf");
        await Assertions
            .Expect(item.Locator(".problem"))
            .ToContainTextAsync("The document is not valid. The date is after 2026-11-21 (UTC).");
        await Assertions.Expect(item.Locator("code").First).ToHaveTextAsync("validation_failed");
        await Assertions.Expect(item.Locator(".request-id")).ToHaveTextAsync("req-422");
        await Assertions.Expect(item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_host_that_fails_again_and_again_is_left_alone_and_the_page_says_so()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        _host.Script = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
                return false;
            await ScriptedHost.Problem(500, "internal_error", "Something broke.").ExecuteAsync(context);
            return true;
        };

        await Assertions
            .Expect(visitor.Page.Locator("#breakers"))
            .ToHaveTextAsync("hostopenstoreclosed", new LocatorAssertionsToHaveTextOptions { Timeout = 40_000 });

        await Assertions.Expect(visitor.Page.Locator("#notices .request-id")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task With_real_servers_a_person_signs_in_by_a_token_that_is_tried_first()
    {
        _host.SignIn = true;
        _host.Tokens["good-token"] = true;
        await using var visitor = await Visitor.OpenUnknownAsync(chromium, _host);
        await visitor.Page.Locator("#sign-in[open]").WaitForAsync();
        var violations = await Accessibility.ViolationsAsync(visitor.Page);
        await visitor.SignInAsync("bad-token");
        await Assertions
            .Expect(visitor.Page.Locator("#sign-in-error"))
            .ToHaveTextAsync("This token is not known, has expired or was revoked.");

        await visitor.SignInAsync("good-token");
        await visitor.Page.Locator("#statistics dd").First.WaitForAsync();
        await visitor.Page.ReloadAsync();
        await visitor.Page.Locator("#statistics dd").First.WaitForAsync();

        Assert.Empty(violations);
        Assert.False(await visitor.Page.Locator("#sign-in").IsVisibleAsync());
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => localStorage.length"));
    }

    [Fact]
    public async Task Who_does_not_want_to_sign_in_is_not_asked_again_and_can_do_so_later()
    {
        _host.SignIn = true;
        _host.Tokens["good-token"] = true;
        await using var visitor = await Visitor.OpenUnknownAsync(chromium, _host);
        await visitor.Page.Locator("#sign-in[open]").WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.EvaluateAsync("async () => { await (await import('/js/app.js')).endpoints.statistics().catch(() => {}); }");
        var asked = await visitor.Page.Locator("#sign-in[open]").CountAsync();

        await visitor.Page.Locator("#account").ClickAsync();
        await visitor.SignInAsync("good-token");
        await visitor.Page.Locator("#statistics dd").First.WaitForAsync();

        Assert.Equal(0, asked);
        await Assertions.Expect(visitor.Page.Locator("#account")).ToHaveTextAsync("Sign out");
    }

    [Fact]
    public async Task Signing_out_forgets_the_token()
    {
        _host.SignIn = true;
        _host.Tokens["good-token"] = true;
        await using var visitor = await Visitor.OpenUnknownAsync(chromium, _host);
        await visitor.SignInAsync("good-token");
        await visitor.Page.Locator("#statistics dd").First.WaitForAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();

        await visitor.Page.Locator("#sign-in[open]").WaitForAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => sessionStorage.length"));
    }

    [Fact]
    public async Task The_focus_stays_on_a_button_of_the_list_when_other_rows_come()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, _host);
        await UploadAsync(visitor, "first.pdf");
        await visitor.Row("first.pdf").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).FocusAsync();

        await using var other = await Visitor.OpenAsync(chromium, _host);
        await UploadAsync(other, "second.pdf");
        await visitor.Row("second.pdf").WaitForAsync();

        Assert.Equal(
            "Delete first.pdf",
            await visitor.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')")
        );
    }

    private static async Task UploadAsync(Visitor visitor, string name)
    {
        await visitor.ChooseAsync(await visitor.SaveAsync(name, SamplePdf.Unique(name)));
        await visitor.WaitForStateAsync(name, "done");
        await visitor.Row(name).WaitForAsync();
    }

    private static Func<HttpContext, Task> Once(Func<HttpRequest, bool> which, Func<HttpContext, Task> action)
    {
        var done = 0;
        return context => which(context.Request) && Interlocked.Exchange(ref done, 1) == 0 ? action(context) : Task.CompletedTask;
    }

    private static Func<HttpContext, Task<bool>> AnswerOnce(Func<HttpRequest, bool> which, Action<HttpContext> answer)
    {
        var done = 0;
        return context =>
        {
            var now = which(context.Request) && Interlocked.Exchange(ref done, 1) == 0;
            if (now)
                answer(context);
            return Task.FromResult(now);
        };
    }
}
