using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests.Composition;

public sealed class ClientCoreAllocationTests
{
    [Fact]
    public void Handle_ChunkFromRequestToPlayed_DoesNotAllocate()
    {
        var play = new SteadyPlay(peers: 4);

        AllocationAssert.None(play, static play => play.Step());

        Assert.InRange(play.Played, 1_000u, 1_300u);
    }
}
