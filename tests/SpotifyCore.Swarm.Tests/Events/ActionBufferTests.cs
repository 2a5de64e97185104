using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Testing;

namespace SpotifyCore.Swarm.Tests.Events;

public sealed class ActionBufferTests
{
    [Fact]
    public void Add_MoreThanItsCapacity_KeepsOrder()
    {
        var buffer = new ActionBuffer(4);
        for (var i = 0; i < 100; i++)
            buffer.Add(ClientAction.WakeAt(new Instant(i)));

        Assert.Equal(100, buffer.Count);
        for (var i = 0; i < 100; i++)
            Assert.Equal(i, buffer.Actions[i].At.Ticks);

        buffer.Clear();
        Assert.True(buffer.Actions.IsEmpty);
    }

    [Fact]
    public void AddAndClear_Grown_DoNotAllocate()
    {
        var buffer = new ActionBuffer(64);

        AllocationAssert.None(() =>
        {
            for (var i = 0; i < 64; i++)
                buffer.Add(ClientAction.WakeAt(new Instant(i)));

            buffer.Clear();
        });
    }
}
