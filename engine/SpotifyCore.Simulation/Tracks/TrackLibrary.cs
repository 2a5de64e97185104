using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Simulation.Tracks;

/// <summary>
/// All tracks of a world, by index. Each has a true manifest and the id that follows from it; tracks of one length
/// differ by the track id alone, and a manifest exists only while it is in use or was lately.
/// </summary>
public sealed class TrackLibrary
{
    private const int ManifestsKept = 8_192;

    private readonly List<TrackShape> _shapes = [];
    private readonly Dictionary<(int Seconds, int BitsPerSecond), int> _shapeOf = [];
    private readonly List<int> _tracks = [];
    private readonly List<FileId> _files = [];
    private readonly Dictionary<FileId, int> _indexes = [];
    private readonly Dictionary<int, Manifest> _manifests = [];
    private readonly Queue<int> _kept = new();

    /// <summary>How many there are.</summary>
    public int Count => _tracks.Count;

    /// <summary>Adds a track; its index.</summary>
    public int Add(TimeSpan duration, int bitsPerSecond = 160_000)
    {
        var length = ((int)Math.Max(1, Math.Round(duration.TotalSeconds)), bitsPerSecond);
        if (!_shapeOf.TryGetValue(length, out var shape))
        {
            _shapeOf.Add(length, shape = _shapes.Count);
            _shapes.Add(new TrackShape(length.Item1, bitsPerSecond));
        }

        _tracks.Add(shape);
        _files.Add(default);
        return _tracks.Count - 1;
    }

    /// <summary>Chunks of a track's file.</summary>
    public int ChunksOf(int track) => _shapes[_tracks[track]].Chunks;

    /// <summary>Bytes of a track's file.</summary>
    public long LengthOf(int track) => _shapes[_tracks[track]].Length;

    /// <summary>Bytes of one chunk of a track's file.</summary>
    public int ChunkLengthOf(int track, uint chunk) =>
        (int)Math.Min(Manifest.ChunkSize, LengthOf(track) - ((long)chunk * Manifest.ChunkSize));

    /// <summary>The id of a track.</summary>
    public static TrackId TrackIdOf(int track) =>
        new(((UInt128)new SeededRandom((ulong)track).Next() << 64) | (uint)track);

    /// <summary>The index of a track.</summary>
    public static int IndexOf(TrackId track) => (int)(uint)track.Value;

    /// <summary>The id of a track's file.</summary>
    public FileId FileOf(int track)
    {
        if (_files[track] != default)
            return _files[track];

        return ManifestOf(track).File;
    }

    /// <summary>The track of a file; -1 when there is none.</summary>
    public int IndexOf(FileId file) => _indexes.GetValueOrDefault(file, -1);

    /// <summary>The manifest of a track's file.</summary>
    public Manifest ManifestOf(int track)
    {
        if (_manifests.TryGetValue(track, out var manifest))
            return manifest;

        manifest = _shapes[_tracks[track]].Make(TrackIdOf(track));
        if (_files[track] == default)
        {
            _files[track] = manifest.File;
            _indexes.Add(manifest.File, track);
        }

        _manifests.Add(track, manifest);
        _kept.Enqueue(track);
        if (_kept.Count > ManifestsKept)
            _manifests.Remove(_kept.Dequeue());

        return manifest;
    }
}
