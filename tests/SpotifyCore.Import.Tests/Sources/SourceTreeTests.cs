using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>Of a tree that was read, what is said to have changed is read again, and nothing else.</summary>
public sealed class SourceTreeTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SourceTree _tree;

    public SourceTreeTests()
    {
        Write("a/1.mp3", "a/b/2.mp3", "c/3.mp3");
        _tree = new SourceTree(_directory.Path + Path.DirectorySeparatorChar);
        Assert.Equal(["a/1.mp3", "a/b/2.mp3", "c/3.mp3"], Read(ChangedPaths.Everywhere));
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_NowhereChanged_IsWhatWasThere()
    {
        Write("a/4.mp3");

        Assert.Equal(["a/1.mp3", "a/b/2.mp3", "c/3.mp3"], Read(new ChangedPaths()));
        Assert.Empty(_tree.NewFolders);
    }

    [Fact]
    public void Read_FileThatCameOrWent_IsSeenAndItsNeighboursToo()
    {
        Write("a/4.mp3", "a/5.mp3", "a/b/6.mp3");
        File.Delete(_directory["a/1.mp3"]);

        Assert.Equal(["a/4.mp3", "a/5.mp3", "a/b/2.mp3", "c/3.mp3"], Read(Changed("a/4.mp3")));
    }

    [Fact]
    public void Read_FileThatWasWritten_HasItsStamp()
    {
        File.WriteAllText(_directory["c/3.mp3"], "longer than it was");

        var found = _tree.Read(Changed("c/3.mp3"), default).Single(static file => file.Name == "c/3.mp3");

        Assert.Equal("longer than it was".Length, found.Length);
    }

    [Fact]
    public void Read_FolderThatCame_IsNewWithAllThatIsInIt()
    {
        Write("d/e/7.mp3");

        Assert.Equal(["a/1.mp3", "a/b/2.mp3", "c/3.mp3", "d/e/7.mp3"], Read(Changed("d")));
        Assert.Equal([_directory["d"], _directory["d/e"]], _tree.NewFolders);
    }

    [Fact]
    public void Read_FolderThatIsAnotherOne_IsReadWithAllThatIsInIt()
    {
        Directory.Delete(_directory["a"], recursive: true);
        Write("a/b/8.mp3");

        Assert.Equal(["a/b/8.mp3", "c/3.mp3"], Read(Changed("a")));
    }

    [Fact]
    public void Read_FolderThatWent_IsForgotten()
    {
        Directory.Move(_directory["a"], _directory["f"]);

        Assert.Equal(["c/3.mp3", "f/1.mp3", "f/b/2.mp3"], Read(Changed("a", "f")));
        Assert.Equal(["c/3.mp3", "f/1.mp3", "f/b/2.mp3"], Read(new ChangedPaths()));
    }

    /// <summary>As where the system says nothing of what kept a folder from being read, and that it is over.</summary>
    [Fact]
    public void Read_FolderThatCouldNotBeRead_IsReadAgain()
    {
        Directory.Move(_directory["a"], _directory["away"]);
        Assert.Equal(["a", "c/3.mp3"], Read(Changed("a/1.mp3")));

        Directory.Move(_directory["away"], _directory["a"]);
        Assert.Equal(["a/1.mp3", "a/b/2.mp3", "c/3.mp3"], Read(new ChangedPaths()));
    }

    [Fact]
    public void Read_MoreChangedThanIsCounted_IsReadWhole()
    {
        Write("a/4.mp3");

        var changed = Changed([.. Enumerable.Range(0, 5_000).Select(static i => $"elsewhere/{i}.mp3")]);

        Assert.True(changed.IsEverywhere);
        Assert.Equal(["a/1.mp3", "a/4.mp3", "a/b/2.mp3", "c/3.mp3"], Read(changed));
    }

    private ChangedPaths Changed(params string[] names)
    {
        var changed = new ChangedPaths();
        foreach (var name in names)
            changed.Add(_directory[name]);

        return changed;
    }

    private IEnumerable<string> Read(ChangedPaths changed) =>
        _tree.Read(changed, default).Select(static file => file.Name).Order(StringComparer.Ordinal);

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory[name])!);
            File.WriteAllText(_directory[name], name);
        }
    }
}
