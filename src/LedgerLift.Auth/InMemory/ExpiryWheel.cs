using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace LedgerLift.Auth;

/// <summary>Hands out nodes whose time has come, to the millisecond, without a timer and without a scan.</summary>
/// <remarks>
/// <para>
/// Nine wheels of 64 slots, the slots of wheel n being 64^n ms wide: after Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (SOSP 1987),
/// scheme 6. A node stands in the wheel of the highest six-bit digit in which its time differs from the cursor, so all nodes of a lower wheel are due
/// before any of a higher one. A node moves at most once a wheel on its way down: adding, removing and handing out take constant time, amortised.
/// </para>
/// <para>Invariant: every node outside <see cref="_due"/> is due after the cursor. Not safe for several threads.</para>
/// </remarks>
internal sealed class ExpiryWheel<TNode>
    where TNode : class, IExpiring<TNode>
{
    private const int DigitBits = 6;
    private const int SlotsPerWheel = 1 << DigitBits;
    private const int Wheels = 9;
    private const int DueSlot = -1;

    private readonly IntrusiveList<TNode, TNode>[] _slots = new IntrusiveList<TNode, TNode>[Wheels * SlotsPerWheel];
    private readonly ulong[] _occupied = new ulong[Wheels];

    [SuppressMessage("Major Bug", "S3459:Unassigned members should be removed", Justification = "A struct that its own methods change.")]
    private IntrusiveList<TNode, TNode> _due;
    private long _cursor;

    internal ExpiryWheel(long now) => _cursor = now;

    /// <summary>Adds a node that is due after <paramref name="now"/>.</summary>
    internal void Add(TNode node, long now)
    {
        // The cursor only ever reaches instants that were in the past when it did; a node due before it means that the clock was set back.
        if (node.DueAt <= _cursor)
            Rewind(now);
        Place(node);
    }

    internal void Remove(TNode node)
    {
        var slot = node.WheelSlot;
        if (slot == DueSlot)
        {
            _due.Remove(node);
            return;
        }

        _slots[slot].Remove(node);
        if (_slots[slot].IsEmpty)
            _occupied[slot >> DigitBits] &= ~(1UL << (slot & (SlotsPerWheel - 1)));
    }

    /// <summary>Takes out one node that is due at <paramref name="now"/> or before, an earlier one first; null when there is none.</summary>
    internal TNode? TakeDue(long now)
    {
        while (_due.IsEmpty)
            if (!TryAdvance(now))
                return null;

        // After a clock was set back, what was due may no longer be; it stays until it is again, or until the rewind.
        return _due.First!.DueAt <= now ? _due.RemoveFirst() : null;
    }

    private bool TryAdvance(long now)
    {
        for (var wheel = 0; wheel < Wheels; wheel++)
        {
            if (_occupied[wheel] == 0)
                continue;
            var digit = BitOperations.TrailingZeroCount(_occupied[wheel]);
            var shift = wheel * DigitBits;
            var start = (_cursor >> (shift + DigitBits) << (shift + DigitBits)) | ((long)digit << shift);
            if (start > now)
                return false;
            _cursor = start;
            Empty(wheel, digit);
            return true;
        }

        return false;
    }

    private void Empty(int wheel, int digit)
    {
        _occupied[wheel] &= ~(1UL << digit);
        ref var slot = ref _slots[(wheel << DigitBits) | digit];
        while (slot.RemoveFirst() is { } node)
            Place(node);
    }

    private void Place(TNode node)
    {
        var difference = node.DueAt ^ _cursor;
        if (difference == 0)
        {
            node.WheelSlot = DueSlot;
            _due.AddLast(node);
            return;
        }

        var wheel = BitOperations.Log2((ulong)difference) / DigitBits;
        var digit = (int)(node.DueAt >> (wheel * DigitBits)) & (SlotsPerWheel - 1);
        node.WheelSlot = (wheel << DigitBits) | digit;
        _slots[node.WheelSlot].AddLast(node);
        _occupied[wheel] |= 1UL << digit;
    }

    // A clock that is set back is rare; only then is every node touched once.
    private void Rewind(long cursor)
    {
        IntrusiveList<TNode, TNode> all = default;
        while (_due.RemoveFirst() is { } node)
            all.AddLast(node);
        for (var slot = 0; slot < _slots.Length; slot++)
            while (_slots[slot].RemoveFirst() is { } node)
                all.AddLast(node);
        Array.Clear(_occupied);
        _cursor = cursor;
        while (all.RemoveFirst() is { } node)
            PlaceAfterRewind(node);
    }

    private void PlaceAfterRewind(TNode node)
    {
        // What was due before the new cursor stays due.
        if (node.DueAt > _cursor)
        {
            Place(node);
            return;
        }

        node.WheelSlot = DueSlot;
        _due.AddLast(node);
    }
}
