using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests;

public sealed class ActionBufferTests
{
    [Fact]
    public void Add_MoreThanItsCapacity_KeepsOrder()
    {
        var buffer = new ActionBuffer(4);
        for (var i = 0; i < 100; i++)
            buffer.Add(new WakeAt(new Instant(i)));

        Assert.Equal(100, buffer.Count);
        for (var i = 0; i < 100; i++)
            Assert.Equal(i, buffer.Of<WakeAt>()[i].At.Ticks);

        buffer.Clear();
        Assert.Equal(0, buffer.Count);
        Assert.True(buffer.Of<WakeAt>().IsEmpty);
    }

    [Fact]
    public void AddAndClear_Grown_DoNotAllocate()
    {
        var buffer = new ActionBuffer(64);

        AllocationAssert.None(() =>
        {
            for (var i = 0; i < 64; i++)
                buffer.Add(new WakeAt(new Instant(i)));

            buffer.Clear();
        });
    }
}
