using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Running;

namespace SpotifyCore.Client.Tests.Running;

public sealed class SlotPoolTests
{
    [Fact]
    public async Task Release_WhoeverWaits_GoesOnEvenIfTheFirstNeedsNoneAnyMore()
    {
        var loop = new ClientLoop(NullLogger.Instance);
        var pool = new SlotPool(1, loop);
        var done = new TaskCompletionSource();
        Assert.True(pool.TryRent(out var slot));
        Assert.False(pool.TryRent(out _));
        pool.WhenFree(new ActionWorkItem(() => { }));
        pool.WhenFree(new ActionWorkItem(done.SetResult));
        pool.Release(slot);
        loop.Start();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await loop.DisposeAsync();
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public void Release_References_FreesAtTheLastAndRefusesOneMore()
    {
        var pool = new SlotPool(4, new ClientLoop(NullLogger.Instance));
        Assert.True(pool.TryRent(out var slot));
        pool.AddReference(slot);
        pool.Release(slot);
        Assert.Equal(1, pool.Rented);
        pool.Release(slot);
        Assert.Equal(0, pool.Rented);
        Assert.Throws<InvalidOperationException>(() => pool.Release(slot));
        Assert.True(pool.TryRent(out var again));
        Assert.Equal(slot, again);
    }
}
