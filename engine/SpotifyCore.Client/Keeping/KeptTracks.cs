using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Keeping;

/// <summary>
/// What the access point said of opened tracks, kept on disk with the content keys wrapped, so that a cached track
/// starts without a network. One small file a track and quality, replaced whole; the oldest make room. Safe for many
/// threads.
/// </summary>
/// <remarks>
/// A file: when it expires (i64, Unix ms), then the OpenedTrack message with the wrapped key as its content key.
/// </remarks>
internal sealed class KeptTracks(
    string directory, DeviceKey device, KeptTracksOptions options, TimeProvider time, ILogger logger)
{
    private const int HeaderSize = sizeof(long);
    private readonly Lock _writing = new();
    private int _written;
    private (DateTime Changed, int BitsPerSecond, OpenedTrack[] Tracks, bool IsAll) _listed = (DateTime.MinValue, 0, [], true);

    /// <summary>
    /// Keeps an answer of the access point, for no longer than the plan lasts that it was given by. A disk that fails costs
    /// the use without a network, nothing else.
    /// </summary>
    /// <returns>False when it could not be written.</returns>
    public bool Keep(TrackId track, int bitsPerSecond, OpenedTrack opened)
    {
        var kept = opened.Clone();
        kept.Peers.Clear();
        kept.Nodes.Clear();
        kept.ContentKey = ByteString.CopyFrom(device.Wrap(opened.ContentKey.Span, opened.File.Span));

        var bytes = new byte[HeaderSize + kept.CalculateSize()];
        var longest = (time.GetUtcNow() + options.KeepFor).ToUnixTimeMilliseconds();
        var until = opened.KeyUntilUnixMs > 0 ? Math.Min(opened.KeyUntilUnixMs, longest) : longest;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, until);
        kept.WriteTo(bytes.AsSpan(HeaderSize));
        try
        {
            lock (_writing)
                Write(PathOf(track, bitsPerSecond), bytes);

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.KeepFailed(logger, track, failure.Message);
            return false;
        }
    }

    /// <summary>What was kept of a track, its content key unwrapped; null when nothing usable was.</summary>
    public OpenedTrack? Find(TrackId track, int bitsPerSecond)
    {
        var path = PathOf(track, bitsPerSecond);
        if (!File.Exists(path))
            return null;

        if (Read(path, out _) is { } opened)
            return opened;

        // Once more, alone: it may have been replaced meanwhile.
        lock (_writing)
        {
            if (Read(path, out var isUnreadable) is { } replaced)
                return replaced;

            // What the disk does not give now it may give later.
            if (!isUnreadable)
                Delete(path);

            return null;
        }
    }

    /// <summary>
    /// What was kept in one quality and has not run out, content keys still wrapped. Read anew when anything was kept or
    /// dropped since.
    /// </summary>
    public IReadOnlyList<OpenedTrack> All(int bitsPerSecond) => All(bitsPerSecond, out _);

    /// <summary>As the other.</summary>
    /// <param name="bitsPerSecond">The quality.</param>
    /// <param name="isAll">False when the disk did not give some of them.</param>
    public IReadOnlyList<OpenedTrack> All(int bitsPerSecond, out bool isAll)
    {
        lock (_writing)
        {
            var changed = Directory.Exists(directory) ? Directory.GetLastWriteTimeUtc(directory) : DateTime.MinValue;
            if (changed != _listed.Changed || bitsPerSecond != _listed.BitsPerSecond)
            {
                var paths = changed == DateTime.MinValue ? [] : Directory.GetFiles(directory, $"*.{bitsPerSecond}");
                var (tracks, unreadable) = (new List<OpenedTrack>(), 0);
                foreach (var path in paths)
                {
                    if (Parse(path, out var isUnreadable) is { } opened)
                        tracks.Add(opened);

                    unreadable += isUnreadable ? 1 : 0;
                }

                _listed = (unreadable == 0 ? changed : DateTime.MinValue, bitsPerSecond, [.. tracks], unreadable == 0);
            }

            isAll = _listed.IsAll;
            return _listed.Tracks;
        }
    }

    /// <summary>Forgets a track.</summary>
    public void Drop(TrackId track, int bitsPerSecond)
    {
        lock (_writing)
            Remove(PathOf(track, bitsPerSecond));
    }

    /// <summary>Forgets everything: the account logged out.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    private OpenedTrack? Read(string path, out bool isUnreadable)
    {
        Span<byte> key = stackalloc byte[ContentKey.Size];
        if (Parse(path, out isUnreadable) is not { } opened || !device.TryUnwrap(opened.ContentKey.Span, key, opened.File.Span))
            return null;

        opened.ContentKey = ByteString.CopyFrom(key);
        return opened;
    }

    private OpenedTrack? Parse(string path, out bool isUnreadable)
    {
        isUnreadable = false;
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length >= HeaderSize
                && BinaryPrimitives.ReadInt64LittleEndian(bytes) >= time.GetUtcNow().ToUnixTimeMilliseconds()
                ? OpenedTrack.Parser.ParseFrom(bytes, HeaderSize, bytes.Length - HeaderSize)
                : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // As if altered.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            isUnreadable = true;
            return null;
        }
    }

    private void Delete(string path)
    {
        ClientLog.KeptTrackDropped(logger, Path.GetFileName(path));
        Remove(path);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays unusable.
        }
    }

    private void Write(string path, byte[] bytes)
    {
        DurableFile.CreateDirectory(directory);
        DurableFile.Replace(path, bytes);

        // Counting the directory costs more than a track is worth, so it is done once in a while.
        if (_written++ % 100 == 0)
            DropOldest();
    }

    private void DropOldest()
    {
        var files = new DirectoryInfo(directory).GetFiles();
        if (files.Length <= options.MaxTracks)
            return;

        foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc).Take(files.Length - options.MaxTracks))
            file.Delete();
    }

    private string PathOf(TrackId track, int bitsPerSecond) => Path.Combine(directory, $"{track}.{bitsPerSecond}");
}
