using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>What tells that a file is as it was, without reading it.</summary>
public sealed class FileStampTests : IDisposable
{
    private static readonly DateTime Written = new(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_File_IsItsSizeAndTime()
    {
        var stamp = FileStamp.Of(Write("a.flac", "abc"));

        Assert.Equal(3, stamp.Length);
        Assert.Equal((Written - DateTime.UnixEpoch).TotalSeconds, stamp.Written / 1e9);
        Assert.Equal(stamp, FileStamp.Of(_directory["a.flac"]));
        Assert.Equal(default, FileStamp.Of(_directory["none.flac"]));
    }

    [Fact]
    public void Of_FilesOfOneSizeAndTimeThatChangeNames_IsAnother()
    {
        var (a, b) = (Write("a.flac", "one"), Write("b.flac", "two"));
        var before = FileStamp.Of(a);

        File.Move(a, _directory["c.flac"]);
        File.Move(b, a);
        File.Move(_directory["c.flac"], b);

        Assert.Equal((before.Length, before.Written), (FileStamp.Of(a).Length, FileStamp.Of(a).Written));
        Assert.NotEqual(before, FileStamp.Of(a));
    }

    [Fact]
    public async Task Of_WrittenAndItsTimePutBack_IsAnother()
    {
        var before = FileStamp.Of(Write("a.flac", "one"));

        // The system's clock of files goes in steps.
        await Eventually.TrueAsync(() => FileStamp.Of(Write("a.flac", "two")) != before);

        Assert.Equal(before.Written, FileStamp.Of(_directory["a.flac"]).Written);
    }

    [Fact]
    public void Of_Link_IsThatOfItsTarget()
    {
        var target = Write("a.flac", "abc");
        File.CreateSymbolicLink(_directory["link.flac"], target);

        Assert.Equal(FileStamp.Of(target), FileStamp.Of(_directory["link.flac"]));
    }

    /// <summary>Within a step of the file system's clock it may be written again, and look the same.</summary>
    [Fact]
    public void IsSettled_RightAfterTheFileWasWritten_IsFalse()
    {
        var stamp = FileStamp.Of(Write("a.flac", "abc"));
        var changed = DateTimeOffset.UnixEpoch.AddTicks(stamp.Changed / 100);

        Assert.False(stamp.IsSettled(changed));
        Assert.False(stamp.IsSettled(changed + TimeSpan.FromSeconds(1.9)));
        Assert.True(stamp.IsSettled(changed + TimeSpan.FromSeconds(2.1)));
        Assert.False(default(FileStamp).IsSettled(changed + TimeSpan.FromSeconds(2.1)));
    }

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        var stamp = FileStamp.Of(Write("a.flac", "abc"));

        Assert.True(FileStamp.TryRead(stamp.ToBytes(), out var read));
        Assert.Equal(stamp, read);
        Assert.False(FileStamp.TryRead([], out _));
        Assert.False(FileStamp.TryRead([.. stamp.ToBytes(), 0], out _));
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_directory[name], content);
        File.SetLastWriteTimeUtc(_directory[name], Written);
        return _directory[name];
    }
}
