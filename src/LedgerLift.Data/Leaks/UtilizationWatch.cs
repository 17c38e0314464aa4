namespace LedgerLift.Data;

/// <summary>
/// Says when a pool runs full and when it no longer does: at two samples in a row at or over the threshold, and at the first one a tenth below it, so that a
/// pool on the edge is told of once. Not thread-safe.
/// </summary>
internal sealed class UtilizationWatch(double threshold)
{
    private const int SamplesNeeded = 2;
    private const double Relief = 0.1;

    private int _samples;
    private bool _isFull;

    /// <summary>Takes a sample. True: it runs full now; false: it no longer does; null: nothing new.</summary>
    public bool? Next(double utilization)
    {
        if (_isFull)
        {
            if (utilization > threshold - Relief)
                return null;
            _isFull = false;
            _samples = 0;
            return false;
        }

        _samples = utilization >= threshold ? _samples + 1 : 0;
        if (_samples < SamplesNeeded)
            return null;
        _isFull = true;
        return true;
    }
}
