namespace UploadHost.Browser.Tests;

public sealed class LiveTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    [Fact]
    public async Task Polling_slows_down_while_nothing_changes_and_stops_while_the_page_is_hidden()
    {
        var told = await modules.RunAsync<string[]>(
            """
            const { Poller } = await import('/js/live/poller.js');
            const page = new EventTarget(); page.hidden = false;
            const times = [];
            let wake; const until = (count) => new Promise((resolve) => { wake = () => times.length >= count && resolve(); wake(); });
            const poller = new Poller(async () => { times.push(performance.now()); wake?.(); return false; }, { minMs: 20, maxMs: 500, random: () => 0.5, page });
            poller.start();
            await until(6);
            const gaps = times.slice(1).map((time, index) => time - times[index]);
            // While the timer runs, not while the task does.
            await new Promise((resolve) => setTimeout(resolve, 10));
            page.hidden = true; page.dispatchEvent(new Event('visibilitychange'));
            const hidden = times.length;
            await new Promise((resolve) => setTimeout(resolve, 700));
            const whileHidden = times.length - hidden;
            page.hidden = false; page.dispatchEvent(new Event('visibilitychange'));
            await until(hidden + 1);
            poller.stop();
            return [String(gaps[4] > gaps[0] * 2), String(whileHidden), String(times.length)];
            """
        );

        Assert.Equal("true", told[0]);
        Assert.Equal("0", told[1]);
        Assert.Equal("7", told[2]);
    }

    [Fact]
    public async Task Polling_goes_on_after_a_failure()
    {
        var runs = await modules.RunAsync<int>(
            """
            const { Poller } = await import('/js/live/poller.js');
            const page = new EventTarget(); page.hidden = false;
            return await new Promise((resolve) => {
              let runs = 0;
              const poller = new Poller(async () => { if (++runs === 3) { poller.stop(); resolve(runs); } throw new Error('down'); }, { minMs: 5, page });
              poller.start();
            });
            """
        );

        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Throttling_keeps_the_first_and_the_last_of_many_calls()
    {
        var told = await modules.RunAsync<int[]>(
            """
            const { throttle } = await import('/js/live/throttle.js');
            const told = [];
            const say = throttle((value) => told.push(value), 30);
            for (let i = 0; i < 50; i++) say(i);
            await new Promise((resolve) => setTimeout(resolve, 120));
            say(99);
            return told;
            """
        );

        Assert.Equal([0, 49, 99], told);
    }

    [Fact]
    public async Task Speed_is_that_of_the_last_seconds_and_starts_anew_with_a_new_try()
    {
        var told = await modules.RunAsync<double?[]>(
            """
            const { SpeedMeter } = await import('/js/upload/speed.js');
            let now = 0;
            const meter = new SpeedMeter(() => now);
            const first = meter.record(0, 10000);
            for (let i = 1; i <= 4; i++) { now = i * 1000; meter.record(i * 100, 10000); }
            now = 20000; meter.record(400, 10000);
            now = 21000; const late = meter.record(1400, 10000);
            now = 22000; const again = meter.record(0, 10000);
            return [first.remainingSeconds, late.bytesPerSecond, late.remainingSeconds, again.bytesPerSecond];
            """
        );

        Assert.Equal([null, 1000, 8.6, 0], told);
    }

    [Fact]
    public async Task Calls_that_meet_an_ended_token_wait_for_one_renewal_together()
    {
        var told = await modules.RunAsync<string[]>(
            """
            const { Session } = await import('/js/session/session.js');
            const { SafeStorage } = await import('/js/session/storage.js');
            let asked = 0;
            const storage = new SafeStorage(() => sessionStorage);
            const session = new Session(storage, async () => { asked++; await new Promise((resolve) => setTimeout(resolve, 10)); return `t${asked}`; });
            const both = await Promise.all([session.renew(), session.renew()]);
            const kept = new Session(storage, async () => null).token;
            session.set(null);
            return [String(asked), String(both), session.token ?? 'none', kept, new Session(storage, async () => null).token ?? 'none'];
            """
        );

        Assert.Equal(["1", "true,true", "none", "t1", "none"], told);
    }

    [Fact]
    public async Task Storage_that_is_forbidden_or_holds_nonsense_is_no_error()
    {
        var told = await modules.RunAsync<string[]>(
            """
            const { SafeStorage } = await import('/js/session/storage.js');
            const forbidden = new SafeStorage(() => { throw new DOMException('no', 'SecurityError'); });
            forbidden.write('a', 1); forbidden.remove('a');
            localStorage.setItem('bad', '{nonsense');
            const bad = new SafeStorage(() => localStorage).read('bad');
            localStorage.removeItem('bad');
            return [String(forbidden.read('a')), String(bad)];
            """
        );

        Assert.Equal(["null", "null"], told);
    }
}
