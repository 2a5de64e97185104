using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Tests.World;

namespace SpotifyCore.Core.Tests;

/// <summary>A play that has sounded, waits to be tried again, and somebody comes.</summary>
public sealed class ClientCoreRetryTests
{
    private static readonly PlayId One = new(1);

    [Fact]
    public void WaitsToBeTriedAgain_WhoHoldsTheFileConnects_IsTriedAtOnce()
    {
        var world = GiveUpRepeatedly();
        var tried = Tries(world);

        world.Accept(world.AddPeer());
        world.Clock.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(tried + 1, Tries(world));
        Assert.NotEqual(0, world.Peers[0].SentBytes);
    }

    [Fact]
    public void WaitsToBeTriedAgain_WhoLacksTheFileConnects_IsTriedOnceWithinSeconds()
    {
        var world = GiveUpRepeatedly();
        var tried = Tries(world);
        var peer = world.AddPeer();
        peer.Holds = false;

        world.Accept(peer);
        world.Clock.Run(TimeSpan.FromSeconds(3.9));
        Assert.Equal(tried, Tries(world));
        world.Clock.Run(TimeSpan.FromSeconds(4.2));

        Assert.Equal(tried + 1, Tries(world));
    }

    /// <summary>What sounded has failed so often that the pauses are of 15 s and more.</summary>
    private static NetWorld GiveUpRepeatedly()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        world.Choose(One, world.AddTrack(1, seconds: 240));
        world.Clock.Run(TimeSpan.FromSeconds(3));
        node.Crash();
        Assert.True(world.Clock.RunUntil(() => world.Failures.Count > 0, TimeSpan.FromMinutes(1)));
        world.Raise(new PlayFailed(One, world.Clock.Now));

        Assert.True(world.Clock.RunUntil(() => world.Failures.Count == 7, TimeSpan.FromMinutes(10)));
        return world;
    }

    private static int Tries(NetWorld world) => world.Done.Count(action => action is OpenTrack);
}
