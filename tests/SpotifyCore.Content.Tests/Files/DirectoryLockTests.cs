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
    public void Renew_DirectoryDeleted_HoldsItAgain()
    {
        using var directory = new TempDirectory();
        var held = directory["held"];
        using var first = DirectoryLock.Take(held);
        first.Renew();
        Directory.Delete(held, recursive: true);

        first.Renew();

        Assert.Throws<IOException>(() => DirectoryLock.Take(held));
    }

    [Fact]
    public void Renew_DirectoryDeletedAndTakenByAnother_SaysWhichDirectory()
    {
        using var directory = new TempDirectory();
        var held = directory["held"];
        using var first = DirectoryLock.Take(held);
        Directory.Delete(held, recursive: true);
        var second = DirectoryLock.Take(held);

        var refused = Assert.Throws<IOException>(first.Renew);
        Assert.Contains(held, refused.Message, StringComparison.Ordinal);

        second.Dispose();
        first.Renew();
        Assert.Throws<IOException>(() => DirectoryLock.Take(held));
    }

    [Fact]
    public void Take_FullDisk_IsToldAsThat()
    {
        if (!OperatingSystem.IsLinux())
            return;

        using var directory = new TempDirectory();
        File.CreateSymbolicLink(directory["lock"], "/dev/full");

        // Nothing stays open after the first.
        for (var i = 0; i < 2; i++)
        {
            var failure = Assert.Throws<IOException>(() => DirectoryLock.Take(directory.Path));
            Assert.DoesNotContain("another process", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Dispose_BesideRenew_LetsGo()
    {
        using var directory = new TempDirectory();
        for (var i = 0; i < 200; i++)
        {
            var held = directory[$"held {i}"];
            var first = DirectoryLock.Take(held);
            Directory.Delete(held, recursive: true);
            using var together = new Barrier(2);
            var renewing = Task.Run(() =>
            {
                together.SignalAndWait();
                return Record.Exception(first.Renew);
            });
            together.SignalAndWait();
            first.Dispose();

            Assert.True(await renewing is null or ObjectDisposedException);
            DirectoryLock.Take(held).Dispose();
        }
    }

    [Fact]
    public void Take_LetGo_IsTakenAgain()
    {
        using var directory = new TempDirectory();
        DirectoryLock.Take(directory.Path).Dispose();

        DirectoryLock.Take(directory.Path).Dispose();
    }
}
