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
            ["CatalogueIndex.FollowSome"] = "the index's number goes with what was read after it: no other may come between",
            ["CatalogueIndex.Put"] = "the same",
            ["SqliteDatabase.Write"] = "writers wait for each other here: in SQLite they would poll, and give up",
            ["PostgresDatabase.Write"] = "writers wait for each other here: at the server each would have a connection",
            ["PostgresDatabase.WriteCatalogue"] = "the same",
        },
    });
}
