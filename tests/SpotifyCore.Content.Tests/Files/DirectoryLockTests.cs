using SpotifyCore.Content.Files;
using SpotifyCore.Testing;

namespace SpotifyCore.Content.Tests.Files;

public sealed class DirectoryLockTests
{
    [Fact]
    public void Take_Taken_SaysWhichDirectory()
    {
        using var directory = new TempDirectory();
        using var first = DirectoryLock.Take(directory.Path);

        var refused = Assert.Throws<IOException>(() => DirectoryLock.Take(directory.Path));

        Assert.Contains(directory.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_LetGo_IsTakenAgain()
    {
        using var directory = new TempDirectory();
        DirectoryLock.Take(directory.Path).Dispose();

        DirectoryLock.Take(directory.Path).Dispose();
    }
}
