using SpotifyCore.Content.Files;
using SpotifyCore.Testing;

namespace SpotifyCore.Content.Tests.Files;

public sealed class DurableFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string FilePath => Path.Combine(_directory.Path, "file");

    [Fact]
    public void Replace_FileThere_IsTheNewOneAndNothingElseIsLeft()
    {
        DurableFile.Replace(FilePath, "a longer one"u8);

        DurableFile.Replace(FilePath, "new"u8);

        Assert.Equal("new", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.Path));
    }

    // A desktop writes several at each click: buffers of their own would have the collector come by during some.
    [Fact]
    public void Replace_FewBytes_AllocatesNoBuffer()
    {
        DurableFile.Replace(FilePath, "old"u8);

        // A collection that another test sets off meanwhile makes this thread's count jump, hence the least of some.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            DurableFile.Replace(FilePath, "new"u8);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, 4096);
    }

    [Fact]
    public void Replace_WriterFailsHalfWay_OldOneStandsAndNothingElseIsLeft()
    {
        DurableFile.Replace(FilePath, "old"u8);

        Assert.Throws<IOException>(() => DurableFile.Replace(FilePath, 0, static (file, _) =>
        {
            file.Write("half"u8);
            file.Flush();
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Replace_LeftoverThatOthersMayRead_IsNotWhatASecretIsWrittenTo()
    {
        File.WriteAllText(FilePath + ".new", "half");
        File.SetUnixFileMode(FilePath + ".new", (UnixFileMode)0b110_100_100);

        DurableFile.Replace(FilePath, "secret"u8, forOwnerAlone: true);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal("secret", File.ReadAllText(FilePath));
    }

    [Fact]
    public async Task TryCreate_ManyAtOnce_OneDoesAndItsFileStands()
    {
        for (var round = 0; round < 50; round++)
        {
            File.Delete(FilePath);
            using var together = new Barrier(4);
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return (number, Won: DurableFile.TryCreate(FilePath, [(byte)number], forOwnerAlone: true));
                },
                default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            var winner = Assert.Single(made, static one => one.Won).number;
            Assert.Equal([(byte)winner], File.ReadAllBytes(FilePath));
            Assert.Equal([FilePath], Directory.GetFiles(_directory.Path));
        }
    }

    [Fact]
    public void TryCreate_DirectoryMissing_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => DurableFile.TryCreate(Path.Combine(FilePath, "in"), "x"u8));

    [Fact]
    public void Publish_FlushedFile_TakesThePlace()
    {
        File.WriteAllText(FilePath, "old");
        var temporary = Path.Combine(_directory.Path, "beside");
        File.WriteAllText(temporary, "new");

        DurableFile.Publish(temporary, FilePath);

        Assert.Equal("new", File.ReadAllText(FilePath));
        Assert.False(File.Exists(temporary));
    }

    public void Dispose() => _directory.Dispose();
}
