using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Watching;

namespace SpotifyCore.Import.Tests.Watching;

/// <summary>A file is taken in once it is as it was when it was looked at before.</summary>
public sealed class FolderChangesTests
{
    [Fact]
    public void Look_FileThatGrows_IsTakenWhenItRests()
    {
        var changes = new FolderChanges(Files(("a", 1)));

        AssertSeen(changes, Files(("a", 1), ("b", 10)), [], [], isRestless: true);
        AssertSeen(changes, Files(("a", 1), ("b", 20)), [], [], isRestless: true);
        AssertSeen(changes, Files(("a", 1), ("b", 30)), [], [], isRestless: true);
        AssertSeen(changes, Files(("a", 1), ("b", 30)), ["b"], [], isRestless: true);
        changes.Take("b");
        AssertSeen(changes, Files(("a", 1), ("b", 30)), [], [], isRestless: false);
    }

    [Fact]
    public void Look_FileThatIsNotTaken_IsToldAgain()
    {
        var changes = new FolderChanges(Files(("a", 1)));
        changes.Look(Files(("a", 2)));

        AssertSeen(changes, Files(("a", 2)), ["a"], [], isRestless: true);
        AssertSeen(changes, Files(("a", 2)), ["a"], [], isRestless: true);
    }

    [Fact]
    public void Look_FileThatIsWrittenAnew_IsNotGoneForAMoment()
    {
        var changes = new FolderChanges(Files(("a", 1)));

        AssertSeen(changes, Files(), [], [], isRestless: true);
        AssertSeen(changes, Files(("a", 1)), [], [], isRestless: false);
        AssertSeen(changes, Files(), [], [], isRestless: true);
        AssertSeen(changes, Files(), [], ["a"], isRestless: true);
        changes.Take("a");
        AssertSeen(changes, Files(), [], [], isRestless: false);
    }

    [Fact]
    public void Look_FileOfTheSameSizeAndAnotherTime_HasChanged()
    {
        var changes = new FolderChanges(Files(("a", 1)));
        var later = new Dictionary<string, FileStamp> { ["a"] = new(1, Written: 1) };
        changes.Look(later);

        AssertSeen(changes, later, ["a"], [], isRestless: true);
    }

    private static Dictionary<string, FileStamp> Files(params (string Path, long Length)[] files) =>
        files.ToDictionary(static file => file.Path, static file => new FileStamp(file.Length, Written: 0));

    private static void AssertSeen(
        FolderChanges changes, Dictionary<string, FileStamp> now, string[] changed, string[] gone, bool isRestless)
    {
        var seen = changes.Look(now);
        Assert.Equal(changed, seen.Changed);
        Assert.Equal(gone, seen.Gone);
        Assert.Equal(isRestless, changes.Restless.Count > 0);
    }
}
