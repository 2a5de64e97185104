using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Sources;

public sealed class SourceFinderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Find_Folder_TakesSoundByNameInOrder()
    {
        string[] names =
            ["b.mp3", "A/雅 – två.FLAC", "A/cover.jpg", "notes.txt", ".hidden.mp3", "A/.trash/x.mp3", "c.ogg"];
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory[name])!);
            File.WriteAllText(_directory[name], name);
        }

        Directory.CreateSymbolicLink(_directory["A/loop"], _directory.Path);

        var found = SourceFinder.Find(_directory.Path);

        Assert.Equal(["A/雅 – två.FLAC", "b.mp3", "c.ogg"], found.Select(file => file.Name));
        Assert.All(found, file => Assert.Equal(new FileInfo(file.Path).Length, file.Length));
    }

    [Fact]
    public void Find_File_IsThatFileWhateverItsName()
    {
        File.WriteAllText(_directory["sound.bin"], "x");
        Assert.Equal("sound.bin", Assert.Single(SourceFinder.Find(_directory["sound.bin"])).Name);
    }

    [Fact]
    public void Find_Nothing_IsAnError() =>
        Assert.Throws<DirectoryNotFoundException>(() => SourceFinder.Find(_directory["none"]));
}
