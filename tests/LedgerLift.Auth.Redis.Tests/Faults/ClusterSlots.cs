using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Moves slots of the cluster from one master to another, as its own tools do it.</summary>
internal sealed class ClusterSlots : IDisposable
{
    private readonly RedisWire[] _nodes;

    public ClusterSlots(string addresses) => _nodes = [.. addresses.Split(',').Select(address => new RedisWire(address))];

    public int SlotOf(string key) => int.Parse(_nodes[0].Ask("CLUSTER", "KEYSLOT", key), provider: null);

    /// <summary>Moves a slot to the next master, its keys one by one, and returns when all masters know.</summary>
    /// <param name="slot">Which.</param>
    /// <param name="amid">Called when the slot has left one and not arrived at the other.</param>
    public async Task MoveAsync(int slot, Func<Task>? amid = null)
    {
        var from = OwnerOf(slot);
        var to = _nodes[(Array.IndexOf(_nodes, from) + 1) % _nodes.Length];
        var (source, target) = (IdOf(from), IdOf(to));
        var number = slot.ToString(System.Globalization.CultureInfo.InvariantCulture);
        to.Ask("CLUSTER", "SETSLOT", number, "IMPORTING", source);
        from.Ask("CLUSTER", "SETSLOT", number, "MIGRATING", target);
        if (amid is not null)
            await amid();
        for (var keys = KeysIn(from, number); keys.Length > 0; keys = KeysIn(from, number))
            from.Ask([
                "MIGRATE",
                to.Host,
                to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "",
                "0",
                "5000",
                "KEYS",
                .. keys,
            ]);
        foreach (var node in new[] { to, from }.Concat(_nodes).Distinct())
            node.Ask("CLUSTER", "SETSLOT", number, "NODE", target);
        // A master that takes a slot begins a new epoch unless it believes to have the newest. Before it heard of the last move it may be wrong in that; then
        // its claim is the older one, and the slot is nobody's.
        await Poll.UntilAsync(() => _nodes.Select(EpochOf).Distinct(StringComparer.Ordinal).Count() == 1);
    }

    /// <summary>How often a command was carried out, over all masters.</summary>
    public long CallsOf(string command) =>
        _nodes.Sum(node =>
            node.Ask("INFO", "commandstats")
                .Split('\n')
                .Where(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.Split(',')[0].Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))
        );

    public void Dispose() => Array.ForEach(_nodes, node => node.Dispose());

    private static string IdOf(RedisWire node) => node.Ask("CLUSTER", "MYID");

    private static string EpochOf(RedisWire node) =>
        node.Ask("CLUSTER", "INFO").Split('\n').Single(line => line.StartsWith("cluster_current_epoch:", StringComparison.Ordinal));

    private static string[] KeysIn(RedisWire node, string slot) =>
        node.Ask("CLUSTER", "GETKEYSINSLOT", slot, "100").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private RedisWire OwnerOf(int slot) =>
        _nodes.First(node =>
            node.Ask("CLUSTER", "NODES")
                .Split('\n')
                .Where(line => line.Contains("myself", StringComparison.Ordinal))
                .SelectMany(line => line.Split(' ').Skip(8))
                .Where(range => !range.StartsWith('['))
                .Select(range => range.Split('-').Select(end => int.Parse(end, provider: null)).ToArray())
                .Any(range => slot >= range[0] && slot <= range[^1])
        );
}
