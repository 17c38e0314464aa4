using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auth.Tests;

public sealed class ExpiryWheelTests
{
    private const long Start = 63_000_000_000_000;

    [Fact]
    public void Hands_out_a_node_at_its_millisecond_and_not_before()
    {
        foreach (var delay in Delays)
        {
            var wheel = new ExpiryWheel<Node>(Start);
            var node = new Node(Start + delay);
            wheel.Add(node, Start);

            Assert.Null(wheel.TakeDue(Start + delay - 1));
            Assert.Same(node, wheel.TakeDue(Start + delay));
            Assert.Null(wheel.TakeDue(Start + delay));
        }
    }

    [Fact]
    public void Hands_out_in_order_of_time()
    {
        var wheel = new ExpiryWheel<Node>(Start);
        foreach (var delay in Delays.Reverse())
            wheel.Add(new Node(Start + delay), Start);

        Assert.Equal(Delays.Select(delay => Start + delay), Drain(wheel, long.MaxValue).Select(node => node.DueAt));
    }

    [Fact]
    public void A_removed_node_is_never_handed_out()
    {
        var wheel = new ExpiryWheel<Node>(Start);
        var nodes = Delays.Select(delay => new Node(Start + delay)).ToArray();
        foreach (var node in nodes)
            wheel.Add(node, Start);
        foreach (var node in nodes)
            wheel.Remove(node);

        Assert.Null(wheel.TakeDue(long.MaxValue));
    }

    [Fact]
    public void A_node_that_waits_to_be_taken_can_still_be_removed()
    {
        var wheel = new ExpiryWheel<Node>(Start);
        var first = new Node(Start + 5);
        var second = new Node(Start + 5);
        wheel.Add(first, Start);
        wheel.Add(second, Start);
        Assert.Same(first, wheel.TakeDue(Start + 9));

        wheel.Remove(second);

        Assert.Null(wheel.TakeDue(Start + 9));
    }

    [Fact]
    public void Takes_nodes_that_are_due_before_the_cursor_when_the_clock_was_set_back()
    {
        var wheel = new ExpiryWheel<Node>(Start);
        wheel.Add(new Node(Start + 1000), Start);
        wheel.Add(new Node(Start + 1000), Start);
        wheel.Add(new Node(Start + 90_000), Start);
        Assert.NotNull(wheel.TakeDue(Start + 5000));

        wheel.Add(new Node(Start + 10), Start);

        Assert.Null(wheel.TakeDue(Start + 9));
        Assert.Equal(Start + 10, wheel.TakeDue(Start + 10)!.DueAt);
        Assert.Null(wheel.TakeDue(Start + 999));
        Assert.Equal(Start + 1000, wheel.TakeDue(Start + 1000)!.DueAt);
        Assert.Equal(Start + 90_000, wheel.TakeDue(Start + 90_000)!.DueAt);
    }

    // Steps: how far the clock moves, what is added (0: nothing), and which of the nodes is removed (−1: none).
    [Fact]
    public void Behaves_as_a_sorted_list() =>
        Prop.ForAll(
                (
                    from move in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, 10_000_000))
                    from add in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 70), Gen.Choose(1, 5000), Gen.Choose(1, int.MaxValue))
                    from remove in Gen.Choose(-3, 10)
                    from back in Gen.Frequency((15, Gen.Constant(false)), (1, Gen.Constant(true)))
                    select (move: back ? -move : move, add, remove)
                )
                    .ListOf()
                    .ToArbitrary(),
                steps =>
                {
                    var now = Start;
                    var wheel = new ExpiryWheel<Node>(now);
                    var expected = new List<Node>();
                    foreach (var (move, add, remove) in steps)
                    {
                        now += move;
                        if (add > 0)
                            expected.Add(Added(wheel, now + add, now));
                        if (remove >= 0 && remove < expected.Count)
                        {
                            wheel.Remove(expected[remove]);
                            expected.RemoveAt(remove);
                        }

                        var due = expected.Where(node => node.DueAt <= now).ToHashSet();
                        expected.RemoveAll(due.Contains);
                        Assert.Equal(due, Drain(wheel, now).ToHashSet());
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static IEnumerable<long> Delays =>
        Enumerable
            .Range(0, 53)
            .SelectMany(bits => new[] { (1L << bits) - 1, 1L << bits, (1L << bits) + 1 })
            .Where(delay => delay > 0 && Start + delay < 1L << 54)
            .Distinct()
            .Order();

    private static Node Added(ExpiryWheel<Node> wheel, long dueAt, long now)
    {
        var node = new Node(dueAt);
        wheel.Add(node, now);
        return node;
    }

    private static List<Node> Drain(ExpiryWheel<Node> wheel, long now)
    {
        var nodes = new List<Node>();
        while (wheel.TakeDue(now) is { } node)
            nodes.Add(node);
        return nodes;
    }

    private sealed class Node(long dueAt) : IExpiring<Node>
    {
        private Link<Node> _link;

        public long DueAt => dueAt;

        public int WheelSlot { get; set; }

        static ref Link<Node> ILinkOf<Node>.Of(Node node) => ref node._link;
    }
}
