
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Keeping;

public sealed class KeptTracksTests : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)(i + 100))];

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly DeviceKey _device;
    private readonly KeptTracks _kept;

    public KeptTracksTests()
    {
        _device = DeviceKey.LoadOrCreate(_directory["device"]);
        _kept = Open(new KeptTracksOptions());
    }

    public void Dispose()
    {
        _device.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Find_WhatWasKept_IsTheSameWithoutPeersAndNodes()
    {
        _kept.Keep(new TrackId(1), 160_000, Opened());
        var expected = Opened();
        expected.Peers.Clear();
        expected.Nodes.Clear();
        Assert.Equal(expected, _kept.Find(new TrackId(1), 160_000));
        Assert.Null(_kept.Find(new TrackId(1), 96_000));
        Assert.Null(_kept.Find(new TrackId(2), 160_000));
        var disk = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_directory["tracks"])));
        Assert.Equal(-1, disk.AsSpan().IndexOf(Key));
    }

    [Fact]
    public void Find_TornOrAltered_IsNullOrRight()
    {
        _kept.Keep(new TrackId(1), 160_000, Opened());
        var path = Assert.Single(Directory.GetFiles(_directory["tracks"]));
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            if (_kept.Find(new TrackId(1), 160_000) is { } torn)
                Assert.Equal(Key, torn.ContentKey.ToByteArray());
            else
                Assert.False(File.Exists(path));
        }

        for (var at = 0; at < whole.Length; at++)
        {
            var altered = whole.ToArray();
            altered[at] ^= 0x40;
            File.WriteAllBytes(path, altered);
            Assert.True(_kept.Find(new TrackId(1), 160_000)?.ContentKey.Span.SequenceEqual(Key) ?? true);
        }
    }

    [Fact]
    public void Find_Expired_IsForgotten()
    {
        _kept.Keep(new TrackId(1), 160_000, Opened());
        _time.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(_kept.Find(new TrackId(1), 160_000));
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Null(_kept.Find(new TrackId(1), 160_000));
        Assert.Empty(Directory.GetFiles(_directory["tracks"]));
    }

    [Fact]
    public void Find_UnderAnotherDevice_IsNull()
    {
        _kept.Keep(new TrackId(1), 160_000, Opened());
        using var other = DeviceKey.LoadOrCreate(_directory["other"]);
        var copied = new KeptTracks(_directory["tracks"], other, new KeptTracksOptions(), _time, NullLogger.Instance);
        Assert.Null(copied.Find(new TrackId(1), 160_000));
    }

    [Fact]
    public void Keep_ManyAndClear_StaysWithinItsBounds()
    {
        var few = Open(new KeptTracksOptions { MaxTracks = 50 });
        for (var i = 0; i < 301; i++)
            few.Keep(new TrackId((UInt128)i), 160_000, Opened());

        Assert.InRange(Directory.GetFiles(_directory["tracks"]).Length, 1, 150);
        Assert.NotNull(few.Find(new TrackId(300), 160_000));
        few.Clear();
        few.Clear();
        Assert.Null(few.Find(new TrackId(300), 160_000));
    }

    [Fact]
    public void Keep_DirectoryCannotBeWritten_OnlyForgets()
    {
        File.WriteAllText(_directory["tracks"], "in the way");
        _kept.Keep(new TrackId(1), 160_000, Opened());
        Assert.Null(_kept.Find(new TrackId(1), 160_000));
    }

    private KeptTracks Open(KeptTracksOptions options) => new(_directory["tracks"], _device, options, _time, NullLogger.Instance);

    private static OpenedTrack Opened() => new()
    {
        Track = new Track { Track_ = new TrackId(1).ToString(), Title = "Kept" },
        File = ByteString.CopyFrom(new byte[FileId.Size]),
        Manifest = ByteString.CopyFrom(new byte[200]),
        ContentKey = ByteString.CopyFrom(Key),
        Nodes = { new Contracts.Node { Host = "127.0.0.1", Port = 1 } },
        Peers = { new Peer { Host = "127.0.0.1", Port = 2 } },
    };
}
