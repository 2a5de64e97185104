using SpotifyCore.Contracts.Serving;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Contracts.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(GrpcServer).Assembly, new LockRules
    {
        NotThreadSafe = ["StrangerTurns", "PlaceTable"],
        Needed = new Dictionary<string, string>
        {
            ["ConnectionLimits.EndSilence"] = "a message may become whole on another thread as the silence ends",
            ["ConnectionLimits.TryBegin"] = "calls of one connection begin and end on several threads",
        },
    });
}
