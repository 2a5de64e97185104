using SpotifyCore.Content.Files;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Content.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(DirectoryLock).Assembly, new LockRules
    {
        Needed = new Dictionary<string, string>
        {
            ["DurableFile.CreateDirectory"] = "a directory that another is making is there before its name is durable",
        },
    });
}
