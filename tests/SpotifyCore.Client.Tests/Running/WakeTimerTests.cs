using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Running;

public sealed class WakeTimerTests
{
    [Fact]
    public async Task Run_FiredEarly_WaitsOnAndWakesOnceInTime()
    {
        var time = new ManualTimeProvider();
        var loop = new ClientLoop(NullLogger.Instance);
        var woken = 0;
        using var timer = new WakeTimer(loop, new ActionWorkItem(() => woken++), time);
        loop.Start();
        await loop.CallAsync(() => timer.WakeAt(time.GetInstant() + TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromMilliseconds(999));
        await loop.CallAsync(timer.Run);
        await loop.CallAsync(() => Assert.Equal(0, woken));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await loop.CallAsync(() => Assert.Equal(1, woken));
        time.Advance(TimeSpan.FromSeconds(10));
        await loop.CallAsync(timer.Run);
        await loop.CallAsync(() => Assert.Equal(1, woken));
        await loop.DisposeAsync();
    }
}
