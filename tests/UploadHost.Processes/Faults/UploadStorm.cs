using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LedgerLift.Testing;

namespace UploadHost.Processes;

/// <summary>
/// Many clients upload while PostgreSQL, Redis and the S3 gateway are each killed and started again once. Bounded: so many uploads
/// per client at a steady pace.
/// </summary>
internal sealed class UploadStorm(HostServers servers, RunningHost host, Func<Uri, string, IStormClient> newClient)
{
    private static readonly string[] Victims = ["postgres", "redis", "s3"];

    public int Clients { get; init; } = 8;

    public int UploadsPerClient { get; init; } = 25;

    /// <summary>From the start of one upload of a client to the start of its next.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the servers are killed meanwhile.</summary>
    public bool KillsServers { get; init; } = true;

    /// <summary>How long a killed server stays down.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Runs the storm to its end.</summary>
    public async Task<IReadOnlyList<UploadOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ledgerlift-storm-");
        try
        {
            var clients = new List<Task<List<UploadOutcome>>>();
            for (var number = 0; number < Clients; number++)
            {
                var user = $"storm-{number}-{Guid.NewGuid():N}";
                var token = await IssueTokenAsync(user, cancellationToken);
                clients.Add(Task.Run(() => UploadManyAsync(folder, user, token, cancellationToken), cancellationToken));
            }

            if (KillsServers)
                await KillEachAsync(cancellationToken);
            return [.. (await Task.WhenAll(clients)).SelectMany(outcomes => outcomes)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task KillEachAsync(CancellationToken cancellationToken)
    {
        var owned = OwnedServers.Require();
        foreach (var victim in Victims)
        {
            await Task.Delay(Pace * 2, cancellationToken);
            await owned.KillAsync(victim);
            try
            {
                await Task.Delay(Outage, cancellationToken);
            }
            finally
            {
                await owned.StartAsync(victim);
            }
        }
    }

    private async Task<List<UploadOutcome>> UploadManyAsync(
        DirectoryInfo folder,
        string user,
        string token,
        CancellationToken cancellationToken
    )
    {
        using var client = newClient(host.Address, token);
        var outcomes = new List<UploadOutcome>();
        for (var count = 0; count < UploadsPerClient; count++)
        {
            var pace = Task.Delay(Pace, cancellationToken);
            outcomes.Add(await UploadAsync(client, folder, user, cancellationToken));
            await pace;
        }

        return outcomes;
    }

    private static async Task<UploadOutcome> UploadAsync(
        IStormClient client,
        DirectoryInfo folder,
        string user,
        CancellationToken cancellationToken
    )
    {
        var file = new FileInfo(Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.csv"));
        var content = System.Text.Encoding.UTF8.GetBytes($"id,total\n{Guid.NewGuid()},1\n");
        await File.WriteAllBytesAsync(file.FullName, content, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            var id = await client.UploadAsync(file, cancellationToken);
            return new UploadOutcome(user, hash, id, Failure: null, TimeProvider.System.GetElapsedTime(start));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new UploadOutcome(user, hash, DocumentId: null, failure, TimeProvider.System.GetElapsedTime(start));
        }
    }

    private async Task<string> IssueTokenAsync(string user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/tokens") { Content = JsonContent.Create(new { userId = user }) };
        request.Headers.Add("X-Admin-Key", servers.Settings["LedgerLift__Host__AdminKey"]);
        using var answer = await host.Http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["jti"]!.GetValue<string>();
    }
}
