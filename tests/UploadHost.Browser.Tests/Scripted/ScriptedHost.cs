using System.Collections.Concurrent;
using System.Security.Cryptography;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UploadHost.Browser.Tests;

/// <summary>
/// A host in memory that answers the HTTP table, and can be told to answer otherwise: what no real host does on demand (an answer lost, a token
/// ended, a server that asks to wait) is tried on it. The proof that the page works is made on the real host.
/// </summary>
public sealed class ScriptedHost : IPageHost, IAsyncLifetime
{
    private const int PartSize = 5 * 1024 * 1024;
    private readonly ConcurrentDictionary<string, ScriptedUpload> _intents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ScriptedDocument> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _uploads = new(StringComparer.Ordinal);
    private WebApplication? _server;
    private ScriptedStore? _store;
    private TcpFaultProxy? _proxy;

    public Uri BaseUrl => new(_server!.Urls.First());

    public TcpFaultProxy Store => _proxy!;

    public IReadOnlyList<string> BrowserArguments => [];

    internal ScriptedStore Objects => _store!;

    internal ICollection<ScriptedDocument> Documents => _documents.Values;

    /// <summary>Asked before the host answers; true: it was answered.</summary>
    public Func<HttpContext, Task<bool>> Script { get; set; } = _ => Task.FromResult(false);

    /// <summary>Called when the host has done what was asked, before the answer leaves.</summary>
    public Func<HttpContext, Task> AfterAnswer { get; set; } = _ => Task.CompletedTask;

    public bool SignIn { get; set; }

    /// <summary>The tokens it takes.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = new(StringComparer.Ordinal);

    public Task<string?> IssueTokenAsync() => Task.FromResult<string?>(null);

    public Task<string> ReadBackSha256Async(string key, string documentId) =>
        Task.FromResult(Convert.ToHexStringLower(SHA256.HashData(_store!.Objects[key])));

    public Task<int> CountUnfinishedUploadsAsync() => Task.FromResult(_uploads.Count);

    public async ValueTask InitializeAsync()
    {
        _store = await ScriptedStore.StartAsync();
        _proxy = TcpFaultProxy.Start(_store.Url.Host, _store.Url.Port, captureLimit: 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Use(async (context, next) => await (await Script(context) ? Task.CompletedTask : next(context)));
        _server.UsePage($"http://127.0.0.1:{_proxy.Port}");
        _server.Use(RequireTokenAsync);
        _server.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() => AfterAnswer(context));
                return next(context);
            }
        );
        MapSession(_server);
        MapUploads(_server);
        MapDocuments(_server);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
    }

    private Task RequireTokenAsync(HttpContext context, RequestDelegate next)
    {
        var open = !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path == "/api/tokens";
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return open || Tokens.ContainsKey(token)
            ? next(context)
            : Problem(401, "unauthorized", "The token is unknown.").ExecuteAsync(context);
    }

    private void MapSession(WebApplication app)
    {
        app.MapGet("/settings.json", () => Results.Json(new { signIn = SignIn, embedded = new[] { "database", "s3", "redis", "worker" } }));
        app.MapPost(
            "/api/tokens",
            () =>
            {
                var jti = Guid.NewGuid().ToString("N");
                Tokens[jti] = true;
                return Results.Json(
                    new
                    {
                        jti,
                        userId = "local",
                        expiresAt = "2999-01-01T00:00:00Z",
                    },
                    statusCode: 201
                );
            }
        );
        app.MapGet("/health", () => Results.Json(ScriptedAnswers.Health()));
        app.MapGet("/api/statistics", () => Results.Json(ScriptedAnswers.Statistics(_documents.Values)));
    }

    private void MapUploads(WebApplication app)
    {
        app.MapPost("/api/uploads/presign", (ScriptedUpload upload) => Results.Json(Sign(Intend(upload), "")));
        app.MapPost(
            "/api/uploads/multipart",
            (ScriptedUpload upload) =>
            {
                var (key, uploadId) = (Intend(upload), Guid.NewGuid().ToString("N"));
                _uploads[uploadId] = key;
                var partCount = (int)((upload.FileSize + PartSize - 1) / PartSize);
                return Results.Json(
                    new
                    {
                        uploadId,
                        key,
                        partSize = PartSize,
                        partCount,
                        expiresAt = "2999-01-01T00:00:00Z",
                    },
                    statusCode: 201
                );
            }
        );
        app.MapGet("/api/uploads/multipart/{id}", (string id) => WithUpload(id, key => Results.Json(new { parts = PartsOf(key) })));
        app.MapPost(
            "/api/uploads/multipart/{id}/parts/{number:int}",
            (string id, int number) => WithUpload(id, key => Results.Json(Sign(key, $"?partNumber={number}")))
        );
        app.MapPost("/api/uploads/multipart/{id}/complete", (string id) => WithUpload(id, key => Complete(id, key)));
        app.MapDelete("/api/uploads/multipart/{id}", (string id) => _uploads.TryRemove(id, out _) ? Results.NoContent() : NotFound());
    }

    private void MapDocuments(WebApplication app)
    {
        app.MapPost("/api/documents", (ScriptedRegistration registration) => Register(registration));
        app.MapGet("/api/documents", (string? status) => Results.Json(new { items = List(status), nextCursor = (string?)null }));
        app.MapGet("/api/documents/{id}", (string id) => WithDocument(id, document => document));
        app.MapGet("/api/documents/{id}/events", (string id) => WithDocument(id, document => ScriptedAnswers.Events(document)));
        app.MapGet("/api/documents/{id}/artifacts", (string id) => WithDocument(id, document => ScriptedAnswers.Artifacts(document)));
        app.MapGet(
            "/api/documents/{id}/content",
            (string id) =>
                _documents.TryGetValue(id, out var found) ? Results.Bytes(_store!.Objects[found.Key], found.ContentType) : NotFound()
        );
        app.MapDelete("/api/documents/{id}", (string id) => _documents.TryRemove(id, out _) ? Results.NoContent() : NotFound());
    }

    private string Intend(ScriptedUpload upload)
    {
        var key = $"uploads/{Guid.NewGuid():N}";
        _intents[key] = upload;
        return key;
    }

    private object Sign(string key, string query) =>
        new
        {
            key,
            url = $"http://127.0.0.1:{_proxy!.Port}/{key}{query}",
            method = "PUT",
            headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Host"] = "store", ["If-None-Match"] = "*" },
            expiresAt = "2999-01-01T00:00:00Z",
        };

    private object[] PartsOf(string key) =>
        [.. _store!.Parts.Where(part => part.Key.Key == key).Select(part => new { number = part.Key.Number, length = part.Value.Length })];

    private IResult Complete(string id, string key)
    {
        _store!.Objects[key] =
        [
            .. _store.Parts.Where(part => part.Key.Key == key).OrderBy(part => part.Key.Number).SelectMany(part => part.Value),
        ];
        _uploads.TryRemove(id, out _);
        return Results.Json(new { key });
    }

    private IResult Register(ScriptedRegistration registration)
    {
        if (!_intents.TryGetValue(registration.Key, out var upload) || !_store!.Objects.TryGetValue(registration.Key, out var content))
            return Problem(422, "upload_missing", "Nothing was uploaded under this key.");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        if (_documents.Values.Any(document => document.Key == registration.Key || document.Sha256 == sha256))
            return Problem(409, "duplicate_document", "This document is there already.");
        var now = TimeProvider.System.GetUtcNow();
        var (id, size) = (Guid.NewGuid().ToString(), content.Length);
        var date = registration.DocumentDate;
        var made = new ScriptedDocument(
            id,
            registration.Key,
            upload.FileName,
            upload.ContentType,
            size,
            sha256,
            "completed",
            null,
            date,
            now,
            now
        );
        _documents[id] = made;
        return Results.Json(made, statusCode: 201);
    }

    private ScriptedDocument[] List(string? status) =>
        [
            .. _documents
                .Values.Where(document => status is null || document.Status == status)
                .OrderByDescending(document => document.CreatedAt),
        ];

    private IResult WithUpload(string id, Func<string, IResult> answer) => _uploads.TryGetValue(id, out var key) ? answer(key) : NotFound();

    private IResult WithDocument(string id, Func<ScriptedDocument, object> answer) =>
        _documents.TryGetValue(id, out var document) ? Results.Json(answer(document)) : NotFound();

    private static IResult NotFound() => Problem(404, "not_found", "There is no such thing.");

    internal static IResult Problem(int status, string code, string detail) =>
        Results.Json(
            new
            {
                status,
                code,
                detail,
                requestId = "scripted-1",
            },
            statusCode: status,
            contentType: "application/problem+json"
        );
}
