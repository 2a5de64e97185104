using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Storage.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(FileVault).Assembly, new LockRules
    {
        Free = new Dictionary<string, string>
        {
            ["CacheCheckpointer.ContinueFrom"] = "called before anybody else has it",
        },
        Needed = new Dictionary<string, string>
        {
            ["SlotTable.FindOr"] = "a chain that changes underfoot may hide what is there",
            ["SlotTable.TryHoldExact"] = "so may the slot that was found, which another chunk took",
        },
    });
}
