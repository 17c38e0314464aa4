using System.Globalization;

namespace LedgerLift.Testing.Tests;

public sealed class ManualTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Fire_in_due_order_each_at_its_own_instant()
    {
        Start("three", 3);
        Start("one", 1);
        Start("two", 2);
        Start("also two", 2);
        Start("four", 4);

        _time.Advance(3.5 * Second);

        Assert.Equal(["one at 1", "two at 2", "also two at 2", "three at 3"], _fired);
        Assert.Equal([0.5 * Second], _time.TimersDueIn);
    }

    [Fact]
    public void A_timer_made_by_a_callback_fires_on_the_same_way()
    {
        using var first = _time.CreateTimer(_ => Start("second", 1), null, Second, Timeout.InfiniteTimeSpan);

        _time.Advance(2 * Second);

        Assert.Equal(["second at 2"], _fired);
    }

    [Fact]
    public void A_callback_may_move_the_clock()
    {
        Start("late", 5);
        using var mover = _time.CreateTimer(_ => _time.Advance(4 * Second), null, Second, Timeout.InfiniteTimeSpan);

        _time.Advance(Second);

        Assert.Equal(["late at 5"], _fired);
        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(5), _time.GetUtcNow());
    }

    [Fact]
    public void A_periodic_timer_fires_at_every_period()
    {
        using var timer = _time.CreateTimer(_ => Fired("tick"), null, Second, 2 * Second);

        _time.Advance(6 * Second);

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_period_of_zero_or_infinite_fires_once(int milliseconds)
    {
        using var timer = _time.CreateTimer(_ => Fired("once"), null, Second, TimeSpan.FromMilliseconds(milliseconds));

        _time.Advance(9 * Second);

        Assert.Equal(["once at 1"], _fired);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void A_due_time_of_zero_fires_at_the_next_move_even_of_nothing()
    {
        Start("now", 0);
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["now at 0"], _fired);
    }

    [Fact]
    public void A_changed_timer_forgets_its_old_due_time()
    {
        using var timer = _time.CreateTimer(_ => Fired("changed"), null, Second, Timeout.InfiniteTimeSpan);
        _time.Advance(0.5 * Second);

        Assert.True(timer.Change(2 * Second, Timeout.InfiniteTimeSpan));
        _time.Advance(9 * Second);

        Assert.Equal(["changed at 2.5"], _fired);
    }

    [Fact]
    public void A_changed_timer_takes_its_new_place_among_the_others()
    {
        Start("one", 1);
        using var later = _time.CreateTimer(_ => Fired("later"), null, 2 * Second, Timeout.InfiniteTimeSpan);
        Start("three", 3);
        using var sooner = _time.CreateTimer(_ => Fired("sooner"), null, 8 * Second, Timeout.InfiniteTimeSpan);
        Start("nine", 9);

        later.Change(6 * Second, Timeout.InfiniteTimeSpan);
        sooner.Change(0.5 * Second, Timeout.InfiniteTimeSpan);
        Assert.Equal(5, _time.ActiveTimers);
        _time.Advance(9 * Second);

        Assert.Equal(["sooner at 0.5", "one at 1", "three at 3", "later at 6", "nine at 9"], _fired);
    }

    [Fact]
    public void A_callback_runs_with_what_was_ambient_where_the_timer_was_made()
    {
        var ambient = new AsyncLocal<string> { Value = "maker" };
        using var timer = _time.CreateTimer(_ => Fired(ambient.Value), null, Second, Timeout.InfiniteTimeSpan);

        ambient.Value = "mover";
        _time.Advance(Second);

        Assert.Equal(["maker at 1"], _fired);
    }

    [Fact]
    public void A_disposed_timer_never_fires_and_refuses_a_change()
    {
        var timer = _time.CreateTimer(_ => Fired("disposed"), null, Second, Second);
        timer.Dispose();

        Assert.False(timer.Change(Second, Second));
        _time.Advance(9 * Second);

        Assert.Empty(_fired);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(4294967295)]
    public void A_due_time_the_system_refuses_is_refused(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _time.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan)
        );

    [Fact]
    public async Task The_wait_for_a_timer_ends_when_enough_are_armed()
    {
        Start("first", 1);
        var two = _time.WaitForTimerAsync(2);
        Assert.True(_time.WaitForTimerAsync().IsCompletedSuccessfully);
        Assert.False(two.IsCompleted);

        Start("second", 1);

        await two;
        Assert.Equal((2, 2), (_time.ActiveTimers, _time.TimersCreated));
    }

    [Fact]
    public async Task A_vain_wait_for_a_timer_says_what_is_armed()
    {
        Start("only", 7);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _time.WaitForTimerAsync(2, TimeSpan.FromMilliseconds(20)));

        Assert.Contains("for 2 armed timer(s); 1 armed, due in [00:00:07], 1 ever created", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drives_a_delay()
    {
        var delay = Task.Delay(Second, _time, TestContext.Current.CancellationToken);
        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Drives_a_cancellation_source()
    {
        using var source = new CancellationTokenSource(Second, _time);

        _time.Advance(Second);

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task Drives_a_periodic_timer()
    {
        using var timer = new PeriodicTimer(Second, _time);
        for (var i = 0; i < 3; i++)
        {
            var tick = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();
            Assert.False(tick.IsCompleted);
            _time.Advance(Second);
            Assert.True(await tick);
        }
    }

    private void Start(string name, int seconds) => _time.CreateTimer(_ => Fired(name), null, seconds * Second, Timeout.InfiniteTimeSpan);

    private void Fired(string name) =>
        _fired.Add(
            string.Create(CultureInfo.InvariantCulture, $"{name} at {(_time.GetUtcNow() - ManualTimeProvider.DefaultStart).TotalSeconds}")
        );
}
