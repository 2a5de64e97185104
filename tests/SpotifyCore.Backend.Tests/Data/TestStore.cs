using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>A store of a test's own, empty at first, to be opened as often as it likes; gone when disposed.</summary>
public abstract class TestStore : IDisposable
{
    /// <summary>Opens it, as an access point does; the caller disposes of that.</summary>
    public abstract ServiceDatabase Open();

    /// <summary>Ends it with all that it holds.</summary>
    public abstract void Dispose();
}
