namespace LedgerLift.Auth.Tests;

/// <summary>One order of the threads, and the way to the next one: depth first through all orders with at most so many changes that are not forced.</summary>
internal sealed class Interleaving(int maxPreemptions)
{
    private readonly List<int> _choices = [];
    private readonly List<int> _options = [];
    private int _depth;
    private int _preemptions;

    /// <summary>The order, to be shown with a failure.</summary>
    public override string ToString() => string.Join(' ', _choices);

    /// <summary>Chooses a thread; 0 is to stay, where one can.</summary>
    public int Choose(int options, bool canStay)
    {
        if (canStay && _preemptions == maxPreemptions)
            options = 1;
        if (_depth == _choices.Count)
        {
            _choices.Add(0);
            _options.Add(options);
        }

        var choice = _choices[_depth++];
        _preemptions += canStay && choice > 0 ? 1 : 0;
        return choice;
    }

    /// <summary>Goes on to the next order; false when all were tried.</summary>
    public bool MoveNext()
    {
        _depth = 0;
        _preemptions = 0;
        for (var last = _choices.Count - 1; last >= 0; last--)
        {
            _choices[last]++;
            if (_choices[last] < _options[last])
                return true;
            _choices.RemoveAt(last);
            _options.RemoveAt(last);
        }

        return false;
    }
}
