namespace LedgerLift.Resilience.Tests;

/// <summary>Every schedule there is, one after another: depth first over the choices, for code that does the same under the same choices.</summary>
internal sealed class ExhaustiveSchedule : ISchedule
{
    private readonly List<(int Choice, int Count)> _path = [];
    private int _depth;

    public int Choose(int count)
    {
        if (_depth == _path.Count)
            _path.Add((0, count));
        Assert.Equal(count, _path[_depth].Count);
        return _path[_depth++].Choice;
    }

    /// <summary>Goes to the next schedule; false when there is none left.</summary>
    public bool MoveNext()
    {
        while (_path is [.., var last] && last.Choice == last.Count - 1)
            _path.RemoveAt(_path.Count - 1);
        _depth = 0;
        if (_path is not [.., var (choice, count)])
            return false;
        _path[^1] = (choice + 1, count);
        return true;
    }

    public override string ToString() => string.Join(' ', _path.Select(step => step.Choice));
}
