using System.Globalization;

namespace LedgerLift.Data;

/// <summary>Gives each pool of the process a name of its own: metrics of two pools of one name could not be told apart. Thread-safe.</summary>
internal static class PoolNames
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal);

    /// <summary>The name itself, or with <c>-2</c>, <c>-3</c>… when it is taken.</summary>
    internal static string Take(string name)
    {
        lock (Gate)
        {
            var candidate = name;
            var number = 1;
            while (!Taken.Add(candidate))
                candidate = string.Create(CultureInfo.InvariantCulture, $"{name}-{++number}");
            return candidate;
        }
    }

    internal static void Release(string name)
    {
        lock (Gate)
            Taken.Remove(name);
    }
}
