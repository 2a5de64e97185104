using SpotifyCore.Content.Manifests;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Caching;

/// <summary>
/// A cache that holds names instead of bytes: which chunks of which tracks' files, in order of use; whole files give
/// way, the one longest not used first. Some 25 bytes a file, and a bit a chunk for one that is not whole.
/// </summary>
/// <param name="tracks">The tracks.</param>
/// <param name="limitBytes">Room.</param>
internal sealed class FileCache(TrackLibrary tracks, long limitBytes)
{
    private const int None = -1;

    private readonly Dictionary<int, int> _places = [];
    private readonly Dictionary<int, ulong[]> _parts = [];
    private Entry[] _entries = new Entry[8];
    private int _used;
    private int _free = None;
    private int _newest = None;
    private int _oldest = None;

    /// <summary>Bytes held.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Files of which something is held.</summary>
    public int Files => _places.Count;

    /// <summary>True when the file of a track is held whole.</summary>
    public bool HoldsWhole(int track) =>
        _places.TryGetValue(track, out var place) && _entries[place].Held == tracks.ChunksOf(track);

    /// <summary>True when something of the file is held.</summary>
    public bool HoldsAny(int track) => _places.ContainsKey(track);

    /// <summary>True when a chunk is held; false of one behind the file's last.</summary>
    public bool Holds(int track, uint chunk)
    {
        var chunks = tracks.ChunksOf(track);
        if (chunk >= chunks || !_places.TryGetValue(track, out var place))
            return false;

        return _entries[place].Held == chunks
            || (_parts[track][chunk / 64] & (1ul << (int)(chunk % 64))) != 0;
    }

    /// <summary>The file is used: others give way before it.</summary>
    public void Touch(int track)
    {
        if (!_places.TryGetValue(track, out var place) || place == _newest)
            return;

        Unlink(place);
        Link(place);
    }

    /// <summary>Takes a chunk in; false without room for even one.</summary>
    public bool TryAdd(int track, uint chunk)
    {
        if (ChunkBytes(track, chunk) > limitBytes)
            return false;

        var place = PlaceOf(track);
        ref var entry = ref _entries[place];
        var chunks = tracks.ChunksOf(track);
        if (entry.Held == chunks)
            return true;

        if (!_parts.TryGetValue(track, out var bits))
            _parts.Add(track, bits = new ulong[(chunks + 63) / 64]);

        var bit = 1ul << (int)(chunk % 64);
        if ((bits[chunk / 64] & bit) != 0)
            return true;

        bits[chunk / 64] |= bit;
        HeldBytes += ChunkBytes(track, chunk);
        if (++entry.Held == chunks)
            _parts.Remove(track);

        Shrink(track);
        return true;
    }

    /// <summary>Takes a whole file in.</summary>
    public void Fill(int track)
    {
        var place = PlaceOf(track);
        HeldBytes += tracks.LengthOf(track) - BytesOf(track, place);
        _entries[place].Held = tracks.ChunksOf(track);
        _parts.Remove(track);
        Shrink(track);
    }

    /// <summary>Forgets a file.</summary>
    public void Remove(int track)
    {
        if (!_places.TryGetValue(track, out var place))
            return;

        HeldBytes -= BytesOf(track, place);
        _parts.Remove(track);
        _places.Remove(track);
        Unlink(place);
        _entries[place].Newer = _free;
        _free = place;
    }

    /// <summary>A bit for each chunk held.</summary>
    public void CopyPresence(int track, Span<ulong> present)
    {
        present.Clear();
        if (HoldsWhole(track))
            Set(present, tracks.ChunksOf(track));
        else if (_parts.TryGetValue(track, out var bits))
            bits.CopyTo(present);
    }

    /// <summary>The whole files, the latest used first, at most so many.</summary>
    public IEnumerable<int> LatestWhole(int most)
    {
        for (var place = _newest; place != None && most > 0; place = _entries[place].Older)
        {
            var track = _entries[place].Track;
            if (!HoldsWhole(track))
                continue;

            most--;
            yield return track;
        }
    }

    private static void Set(Span<ulong> bits, int count)
    {
        bits[..(count / 64)].Fill(ulong.MaxValue);
        if (count % 64 != 0)
            bits[count / 64] = (1ul << (count % 64)) - 1;
    }

    private long ChunkBytes(int track, uint chunk) => Math.Min(
        Manifest.ChunkSize,
        tracks.LengthOf(track) - ((long)chunk * Manifest.ChunkSize));

    private long BytesOf(int track, int place)
    {
        var (held, chunks) = (_entries[place].Held, tracks.ChunksOf(track));
        if (held == 0)
            return 0;

        if (held == chunks)
            return tracks.LengthOf(track);

        var hasLast = Holds(track, (uint)chunks - 1);
        return ((long)(held - (hasLast ? 1 : 0)) * Manifest.ChunkSize)
            + (hasLast ? ChunkBytes(track, (uint)chunks - 1) : 0);
    }

    private void Shrink(int keep)
    {
        while (HeldBytes > limitBytes && _oldest != None && _entries[_oldest].Track != keep)
            Remove(_entries[_oldest].Track);
    }

    private int PlaceOf(int track)
    {
        if (_places.TryGetValue(track, out var place))
        {
            Touch(track);
            return place;
        }

        if (_free != None)
        {
            place = _free;
            _free = _entries[place].Newer;
        }
        else
        {
            if (_used == _entries.Length)
                Array.Resize(ref _entries, _used * 2);

            place = _used++;
        }

        _entries[place] = new Entry { Track = track };
        _places.Add(track, place);
        Link(place);
        return place;
    }

    private void Link(int place)
    {
        _entries[place].Newer = None;
        _entries[place].Older = _newest;
        if (_newest != None)
            _entries[_newest].Newer = place;
        else
            _oldest = place;

        _newest = place;
    }

    private void Unlink(int place)
    {
        var (newer, older) = (_entries[place].Newer, _entries[place].Older);
        if (newer != None)
            _entries[newer].Older = older;
        else
            _newest = older;

        if (older != None)
            _entries[older].Newer = newer;
        else
            _oldest = newer;
    }

    private struct Entry
    {
        public int Track;
        public int Held;
        public int Newer;
        public int Older;
    }
}
