using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>What is kept stands together: list, files, keys and the right, whatever the disk does to one of them.</summary>
public sealed class OfflineLibraryTests : IAsyncLifetime
{
    private static readonly TrackId First = new(1);
    private static readonly TrackId Second = new(2);

    private readonly TempDirectory _directory = new();
    private readonly MemoryChunkCache _cache = new(64L << 20);
    private readonly DeviceKey _device;
    private OfflineFiles _files = null!;
    private OfflineLibrary _library;

    public OfflineLibraryTests()
    {
        _device = DeviceKey.LoadOrCreate(_directory["device"]);
        _library = Open();
        _library.Right.Begin("ann", TimeSpan.FromDays(30));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _files.Dispose();
        _device.Dispose();
        await _cache.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_ListThatCannotBeRead_DeletesNothingAndPlays(bool isDamaged)
    {
        await KeepAsync(First, seed: 1);
        if (isDamaged)
        {
            await File.WriteAllTextAsync(_directory["list"], "[{");
        }
        else
        {
            // The disk does not give it.
            File.Delete(_directory["list"]);
            Directory.CreateDirectory(_directory["list"]);
        }

        Reopen();

        Assert.NotEqual("", _library.List.Fault);
        Assert.Empty(_library.List.Entries);
        Assert.True(_library.IsKept(First));
        Assert.NotNull(_library.Find(First));
        if (isDamaged)
        {
            // It is named again, and was there all the while.
            _library.List.Add(OfflineEntry.Of(TrackInfo.Unknown(First)));
            Reopen();
            Assert.True(_library.IsKept(First));
        }
        else
        {
            Assert.Throws<IOException>(() => _library.List.Add(OfflineEntry.Of(TrackInfo.Unknown(First))));
        }
    }

    [Fact]
    public async Task Load_KeyThatCannotBeRead_DeletesNoFile()
    {
        var kept = await KeepAsync(First, seed: 1);
        var path = Assert.Single(Directory.GetFiles(_directory["tracks"]));
        var key = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        File.CreateSymbolicLink(path, _directory["nowhere"]);

        Reopen();
        Assert.True(_files.Holds(kept.Manifest.File));

        File.Delete(path);
        await File.WriteAllBytesAsync(path, key);
        Reopen();
        Assert.True(_library.IsKept(First));
    }

    [Fact]
    public async Task Load_WhatIsNotWantedAnyMore_GoesWithItsKey()
    {
        await KeepAsync(First, seed: 1);
        _library.List.Remove(OfflineKind.Track, First.ToString());

        Reopen();

        Assert.Empty(Directory.GetFiles(_directory["tracks"]));
        Assert.Empty(Directory.GetFiles(_directory["files"]));
    }

    [Fact]
    public async Task Find_WithoutARight_IsNothing()
    {
        await KeepAsync(First, seed: 1);
        Assert.NotNull(_library.Find(First));
        File.Delete(_directory["right"]);
        Reopen();

        Assert.Null(_library.Find(First));
        Assert.Empty(_library.Playable());
        Assert.NotEqual("", _library.RefusalOf(First));
    }

    [Fact]
    public async Task Find_KeyThatIsGone_HasItFetchedAnew()
    {
        var kept = await KeepAsync(First, seed: 1);
        var lost = 0;
        _library.Lost = () => lost++;
        File.Delete(Assert.Single(Directory.GetFiles(_directory["tracks"])));

        Assert.Null(_library.Find(First));

        Assert.Equal((false, 1), (_library.IsKept(First), lost));
        Assert.Equal([First], _library.Missing());
        Assert.True(_library.NoteOpened(First, Opened(First, kept)));
        Assert.NotNull(_library.Find(First));
    }

    [Fact]
    public void NoteOpened_KeyThatCannotBeWritten_Throws()
    {
        _library.List.Add(OfflineEntry.Of(TrackInfo.Unknown(First)));
        File.WriteAllText(_directory["tracks"], "in the way");

        Assert.Throws<IOException>(() => _library.NoteOpened(First, Opened(First, KeptFile.Make())));
        Assert.Null(_library.FileOf(First));
    }

    [Fact]
    public async Task NoteOpened_OfWhatWasRemovedMeanwhile_LeavesNothingOfIt()
    {
        var kept = KeptFile.Make();
        await _files.BeginAsync(kept.Manifest);

        Assert.False(_library.NoteOpened(First, Opened(First, kept)));

        Assert.False(_files.IsComing(kept.Manifest.File));
        Assert.Empty(Directory.GetFiles(_directory["files"]));
        Assert.False(Directory.Exists(_directory["tracks"]));
    }

    [Fact]
    public void Missing_OnceTheRightHasEnded_IsNothing()
    {
        _library.List.Add(OfflineEntry.Of(TrackInfo.Unknown(First)));
        Assert.Equal([First], _library.Missing());

        _library.Right.End("ann", "The plan has lapsed.");
        Assert.Empty(_library.Missing());
    }

    [Fact]
    public async Task Remove_ListThatHasNoRoom_MakesRoomByItsFiles()
    {
        await KeepAsync(First, seed: 1);
        await KeepAsync(Second, seed: 2);
        Directory.CreateDirectory(_directory["list"] + ".new"); // Where it is written first: nothing can be.

        Assert.ThrowsAny<Exception>(() => _library.Remove(OfflineKind.Track, First.ToString()));

        Assert.Equal((false, true), (_library.IsKept(First), _library.IsKept(Second)));
        Directory.Delete(_directory["list"] + ".new");
        Assert.Equal([First], _library.Remove(OfflineKind.Track, First.ToString())!);
        Assert.Single(_library.List.Entries);
    }

    [Fact]
    public async Task Clear_OnADiskThatTakesNothing_LeavesNothing()
    {
        await KeepAsync(First, seed: 1);
        Directory.CreateDirectory(_directory["list"] + ".new");

        _library.Clear();

        Assert.Empty(_library.List.Entries);
        foreach (var name in new[] { "list", "right", "tracks", "files" })
            Assert.False(Path.Exists(_directory[name]), name);
    }

    private async Task<KeptFile> KeepAsync(TrackId track, int seed)
    {
        var kept = KeptFile.Make(seed);
        _library.List.Add(OfflineEntry.Of(TrackInfo.Unknown(track)));
        await _files.BeginAsync(kept.Manifest);
        Assert.True(_library.NoteOpened(track, Opened(track, kept)));
        for (var chunk = 0u; chunk < kept.Manifest.ChunkCount; chunk++)
            await _files.WriteAsync(kept.IdOf(chunk), kept.Chunk(chunk));

        _files.Complete(kept.Manifest.File);
        Assert.True(_library.IsKept(track));
        return kept;
    }

    private void Reopen()
    {
        _files.Dispose();
        _library = Open();
    }

    private OfflineLibrary Open()
    {
        _files = new OfflineFiles(_directory["files"], _cache, NullLogger.Instance);
        var options = new KeptTracksOptions();
        var library = new OfflineLibrary(
            new OfflineList(_directory["list"]),
            _files,
            new KeptTracks(_directory["tracks"], _device, options, TimeProvider.System, NullLogger.Instance),
            new Client.Offline.OfflineRight(_directory["right"], "http://a", _device, TimeProvider.System, NullLogger.Instance),
            new OfflineRoom(_directory.Path, limit: 0, bitsPerSecond: 160_000));
        library.Load();
        return library;
    }

    private static OpenedTrack Opened(TrackId track, KeptFile kept)
    {
        var file = new byte[FileId.Size];
        kept.Manifest.File.Write(file);
        return new OpenedTrack
        {
            Track = new Track { Track_ = track.ToString(), Title = "Kept" },
            File = ByteString.CopyFrom(file),
            Manifest = ByteString.CopyFrom(kept.Manifest.Bytes.Span),
            ContentKey = ByteString.CopyFrom(new byte[16]),
        };
    }
}
