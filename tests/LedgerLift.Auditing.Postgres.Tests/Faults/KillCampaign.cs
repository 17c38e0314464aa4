using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>Kills writers, and now and then the server, and looks for what was acknowledged.</summary>
internal sealed class KillCampaign(TestTrail trail, string connection, string folder, SeededRandom random)
{
    private const int Writers = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<WriterProcess> _dead = [];
    private int _names;

    internal int WriterKills { get; private set; }

    internal int ServerKills { get; private set; }

    internal long Acknowledged => _dead.Sum(writer => (long)writer.Count);

    /// <summary>Some writers live for a moment and are killed, in every third round around a death of the server.</summary>
    internal async Task RoundAsync(bool withServer)
    {
        var writers = Enumerable.Range(0, Writers).Select(_ => Start()).ToList();
        try
        {
            await FirstWordsAsync(writers);
            await Task.Delay(random.Next(0, 120));
            if (withServer)
                await WithServerAsync(writers);
            else
                await KillAsync(writers);
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    /// <summary>What is wrong: acknowledged and not there, there twice, or in another order than acknowledged.</summary>
    internal async Task<List<string>> FaultsAsync()
    {
        trail.Logger.Start();
        await Poll.UntilAsync(() => Directory.GetFiles(folder, "*.spill", SearchOption.AllDirectories).Length == 0, Patience);
        Assert.Empty(Directory.GetFiles(folder, "rejected*", SearchOption.AllDirectories));
        var places = await PlacesAsync();
        var faults = new List<string>();
        foreach (var writer in _dead)
            for (var stream = 0; stream < AuditWriter.Streams; stream++)
                Check(places, writer, stream, faults);
        return faults;
    }

    private static void Check(Dictionary<string, List<long>> places, WriterProcess writer, int stream, List<string> faults)
    {
        var last = -1L;
        foreach (var number in writer.Acknowledged[stream])
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{writer.Name}/{stream}/{number}");
            if (!places.TryGetValue(id, out var at))
                faults.Add($"{id} is lost");
            else if (at.Count > 1)
                faults.Add($"{id} is there {at.Count} times");
            else if (at[0] <= last)
                faults.Add($"{id} is out of order");
            last = at?[0] ?? last;
        }
    }

    private static async Task FirstWordsAsync(List<WriterProcess> writers)
    {
        try
        {
            await Poll.UntilAsync(() => writers.TrueForAll(writer => writer.Count > 0), Patience);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException(string.Join('\n', writers.Select(writer => writer.State)), failure);
        }
    }

    /// <summary>Every entry's places in the order of the trail.</summary>
    private async Task<Dictionary<string, List<long>>> PlacesAsync()
    {
        var places = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        var at = long.MaxValue;
        await foreach (var entry in trail.Logger.StreamAsync(new AuditFilters { Limit = AuditFilters.MaxLimit }))
        {
            if (!places.TryGetValue(entry.ResourceId!, out var found))
            {
                found = [];
                places.Add(entry.ResourceId!, found);
            }

            found.Add(at--);
        }

        return places;
    }

    private WriterProcess Start() => WriterProcess.Start($"w{_names++}", connection, trail.Schema, folder);

    private async Task WithServerAsync(List<WriterProcess> writers)
    {
        var server = OwnedServers.Require();
        if (random.Chance(0.25))
        {
            await server.RestartAsync("postgres");
        }
        else
        {
            await server.KillAsync("postgres");
            await Task.Delay(random.Next(0, 300));
            // Half of them die while the server is away and leave what they have on disk.
            await KillAsync(writers[..(Writers / 2)]);
            await server.StartAsync("postgres");
        }

        ServerKills++;
        await Task.Delay(random.Next(0, 200));
        await KillAsync(writers.Where(writer => !_dead.Contains(writer)).ToList());
    }

    private async Task KillAsync(List<WriterProcess> writers)
    {
        foreach (var writer in writers)
        {
            await Task.Delay(random.Next(0, 30));
            await writer.KillAsync();
            _dead.Add(writer);
            WriterKills++;
        }
    }
}
