using SpotifyCore.Node.Composition;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Node.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(KnownNodes).Assembly, new LockRules
    {
        NotThreadSafe = ["RepairPlanner"],
        Free = new Dictionary<string, string>
        {
            ["ScrubPlace.get_After"] = "read once, before anything is noted",
        },
    });
}
