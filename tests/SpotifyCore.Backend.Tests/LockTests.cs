using SpotifyCore.Backend.Data;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Backend.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(ServiceDatabase).Assembly, new LockRules
    {
        NotThreadSafe = ["Tracker", "ReverseLimits", "PlaceTable"],
        Needed = new Dictionary<string, string>
        {
            ["ServiceDatabase.Write"] = "writers wait for each other here: in SQLite they would poll, and give up",
        },
    });
}
