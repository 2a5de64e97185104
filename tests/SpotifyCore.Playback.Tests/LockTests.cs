using SpotifyCore.Playback.Feeding;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Playback.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(ChunkFeed).Assembly, new LockRules
    {
        Needed = new Dictionary<string, string>
        {
            ["PortAudioOutput.Devices"] = "PortAudio is for one thread at a time",
            ["PortAudioOutput.Dispose"] = "as above",
            ["PortAudioOutput.Open"] = "as above",
        },
    });
}
