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
        Write("b.mp3", "A/雅 – två.FLAC", "A/cover.jpg", "notes.txt", "c.ogg", "film.mkv", "...and so.wav", "a.BWF");
        Directory.CreateSymbolicLink(_directory["A/loop"], _directory.Path);

        var found = Find(_directory.Path);

        Assert.Equal(
            ["...and so.wav", "A/雅 – två.FLAC", "a.BWF", "b.mp3", "c.ogg", "film.mkv"],
            found.Select(file => file.Name));
        Assert.All(found, file => Assert.Equal((new FileInfo(file.Path).Length, null), (file.Length, file.Refusal)));
    }

    [Fact]
    public void Find_WhatMayBeMusicAndIsNotTaken_IsNamedWithTheReason()
    {
        Write("taken.mp3", ".hidden.mp3", ".trash/x.mp3", "odd.xyz", "bare");
        Write(".git/config", "._shadow.mp3", ".DS_Store", "cover.jpg");
        File.WriteAllText(_directory["empty.mp3"], "");
        TestMusic.Run("mkfifo", [_directory["pipe.mp3"]]);
        using var elsewhere = new TempDirectory();
        Directory.CreateSymbolicLink(_directory["linked"], elsewhere.Path);

        var found = Find(_directory.Path).ToDictionary(static file => file.Name, static file => file.Refusal);

        Assert.Null(found["taken.mp3"]);
        Assert.StartsWith("it is hidden", found[".hidden.mp3"], StringComparison.Ordinal);
        Assert.StartsWith("it is hidden", found[".trash/x.mp3"], StringComparison.Ordinal);
        Assert.StartsWith("'.xyz' is no ending", found["odd.xyz"], StringComparison.Ordinal);
        Assert.StartsWith("its name has no ending", found["bare"], StringComparison.Ordinal);
        Assert.StartsWith("it is empty, or a pipe", found["empty.mp3"], StringComparison.Ordinal);
        Assert.StartsWith("it is empty, or a pipe", found["pipe.mp3"], StringComparison.Ordinal);
        Assert.StartsWith("it is a link", found["linked"], StringComparison.Ordinal);
        Assert.Equal(8, found.Count);
    }

    /// <summary>Two that read alike, one that is spelled as they read, and a folder beside one that reads as it does.</summary>
    [Fact]
    public void Find_NamesThatAreNotUtf8_AreNamedWithTheirBytes()
    {
        Write("caf\uFFFD.mp3", "\uFFFD/in.mp3");
        WriteByShell(@"caf\351.mp3", @"caf\350.mp3", @"caf\351.jpg", @".caf\351.txt", @"a\\b\303.mp3", @"\377/in.mp3");

        var found = Find(_directory.Path);
        TestMusic.Run("find", [_directory.Path, "-mindepth", "1", "-delete"]);

        const string why = "its name is not UTF-8: rename it";
        Assert.Equal(
            [
                (@"\xFF", "the folder's name is not UTF-8, and nothing in it is imported: rename it"),
                (@"a\\b\xC3.mp3", why), (@"caf\xE8.mp3", why), (@"caf\xE9.mp3", why),
                ("caf\uFFFD.mp3", null), ("\uFFFD/in.mp3", null),
            ],
            found.Select(static file => (file.Name, file.Refusal)));
    }

    [Fact]
    public void Find_FolderThatCanNotBeEntered_IsNamed()
    {
        Write("closed/x.mp3");
        File.SetUnixFileMode(_directory["closed"], UnixFileMode.None);
        try
        {
            // Root enters all folders.
            var found = Assert.Single(Find(_directory.Path));
            if (Environment.IsPrivilegedProcess)
                Assert.Equal("closed/x.mp3", found.Name);
            else
                Assert.Equal(("closed", "the folder may not be entered by this user"), (found.Name, found.Refusal));
        }
        finally
        {
            File.SetUnixFileMode(_directory["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Find_File_IsThatFileWhateverItsName()
    {
        Write("sound.bin");
        var found = Assert.Single(Find(_directory["sound.bin"]));
        Assert.Equal(("sound.bin", null), (found.Name, found.Refusal));
    }

    [Fact]
    public void Find_Nothing_IsAnError() =>
        Assert.Throws<DirectoryNotFoundException>(() => Find(_directory["none"]));

    private static IReadOnlyList<SourceFile> Find(string path) => SourceFinder.Find(path, default);

    private void WriteByShell(params string[] names)
    {
        foreach (var name in names)
            TestMusic.Run(
                "sh",
                [
                    "-c",
                    $"cd '{_directory.Path}' && n=$(printf '{name}') && mkdir -p \"$(dirname \"$n\")\" && echo x > \"$n\"",
                ]);
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory[name])!);
            File.WriteAllText(_directory[name], name);
        }
    }
}
