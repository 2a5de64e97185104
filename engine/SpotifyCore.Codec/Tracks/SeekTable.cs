using SpotifyCore.Codec.Ogg;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Codec.Tracks;

/// <summary>Gathers the pages of a new file into the seek point of each chunk.</summary>
public sealed class SeekTable
{
    private readonly List<SeekPoint> _points = [];
    private ulong _lastSample;

    /// <summary>Takes the next page of the file.</summary>
    public void Add(OpusPageMark page)
    {
        var chunk = page.Offset / Manifest.ChunkSize;
        while (_points.Count < chunk)
            _points.Add(new SeekPoint(SeekPoint.None, _lastSample));

        if (_points.Count == chunk)
            _points.Add(new SeekPoint((ushort)(page.Offset % Manifest.ChunkSize), page.FirstSample));

        _lastSample = page.FirstSample;
    }

    /// <summary>The seek point of the chunk <paramref name="index"/>, once all pages were taken.</summary>
    public SeekPoint Of(uint index) =>
        index < _points.Count ? _points[(int)index] : new SeekPoint(SeekPoint.None, _lastSample);
}
