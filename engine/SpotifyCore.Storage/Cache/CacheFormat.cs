using System.Globalization;
using System.Text;
using SpotifyCore.Content.Files;
using SpotifyCore.Storage.Cache.Log;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// The file <c>format</c> of a cache's directory: which form its files have, and the size of its segments, which stays
/// what it was when the cache was made while there is room for some of them.
/// </summary>
internal static class CacheFormat
{
    private const string Name = "format";
    private const string Version = "spotifycore chunk cache 2, segment bits ";

    // Room is made a segment at a time, and two are left for what goes on meanwhile.
    private const int LeastSegments = 8;

    // Where a cache of format 1 had FASTER's checkpoints.
    private static readonly string[] _foldersOfFormat1 = ["index-checkpoints", "cpr-checkpoints"];

    /// <summary>
    /// What the directory says. One that says something else, or has segments too large for the room that there is now,
    /// is written anew: its checkpoints will not fit and go.
    /// </summary>
    public static LogGeometry ReadOrWrite(ChunkCacheOptions options)
    {
        var path = Path.Combine(options.Directory, Name);
        if (File.Exists(path)
            && File.ReadAllText(path).Trim() is var text
            && text.StartsWith(Version, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Version.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits is >= LogGeometry.MinSegmentBits and <= LogGeometry.MaxSegmentBits
            && options.DiskBytes >> bits >= LeastSegments)
            return new LogGeometry(bits);

        foreach (var folder in _foldersOfFormat1.Select(name => Path.Combine(options.Directory, name)))
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        var geometry = LogGeometry.For(options.DiskBytes);
        DurableFile.Replace(path, Encoding.ASCII.GetBytes($"{Version}{geometry.SegmentBits}\n"));
        return geometry;
    }
}
