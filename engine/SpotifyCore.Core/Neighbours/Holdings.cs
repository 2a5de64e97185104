using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// What is known of one peer's holdings: of the few files asked about last. A fixed number of places.
/// </summary>
internal struct Holdings
{
    /// <summary>
    /// Files remembered for a peer; the one noted longest ago makes room, of those that nothing is fetched of.
    /// </summary>
    public const int Places = 4;

    private Place[]? _places;
    private int _next;

    /// <summary>What is known of a file.</summary>
    public readonly HoldingState this[FileId file]
    {
        get
        {
            var place = Find(file);
            return place < 0 ? HoldingState.Unknown : _places![place].State;
        }
    }

    /// <summary>
    /// What is known of a file that is being fetched: what the peer holds of it does not make room while it is used so.
    /// </summary>
    public readonly HoldingState Use(FileId file)
    {
        var place = Find(file);
        if (place < 0)
            return HoldingState.Unknown;

        ref var known = ref _places![place];
        known.IsUsed = known.State is HoldingState.Whole or HoldingState.Part;
        return known.State;
    }

    /// <summary>The peer is asked what it holds of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The number of the request.</param>
    public void Ask(FileId file, uint request)
    {
        Set(file, HoldingState.Asked);
        _places![Find(file)].Request = request;
    }

    /// <summary>The peer refused a request: what it holds is unknown again. False when it was asked something else.</summary>
    public readonly bool TryTakeBack(uint request)
    {
        for (var i = 0; _places is not null && i < _places.Length; i++)
        {
            if (_places[i].State != HoldingState.Asked || _places[i].Request != request)
                continue;

            _places[i] = default;
            return true;
        }

        return false;
    }

    /// <summary>Notes what is known of a file.</summary>
    public void Set(FileId file, HoldingState state)
    {
        ref var place = ref PlaceOf(file);
        (place.State, place.Bits) = (state, null);
    }

    /// <summary>Notes some chunks of a file that the peer holds, beside those noted before.</summary>
    /// <param name="file">The file.</param>
    /// <param name="first">The chunk of the first bit; only whole words are taken in, so a multiple of 64.</param>
    /// <param name="present">A bit a chunk.</param>
    public void Add(FileId file, uint first, ReadOnlySpan<ulong> present)
    {
        ref var place = ref PlaceOf(file);
        if (place.State == HoldingState.Whole || first % 64 != 0)
            return;

        var bits = place.Bits;
        var words = (int)(first / 64) + present.Length;
        if (bits is null || bits.Length < words)
            Array.Resize(ref bits, words);

        for (var i = 0; i < present.Length; i++)
            bits[(int)(first / 64) + i] |= present[i];

        (place.State, place.Bits) = (HoldingState.Part, bits);
    }

    /// <summary>True when the peer says that it holds a chunk.</summary>
    public readonly bool Has(FileId file, uint chunk)
    {
        var place = Find(file);
        if (place < 0)
            return false;

        ref readonly var known = ref _places![place];
        return known.State == HoldingState.Whole
            || (known.State == HoldingState.Part
                && chunk / 64 < known.Bits!.Length
                && (known.Bits[chunk / 64] & (1ul << (int)(chunk % 64))) != 0);
    }

    private ref Place PlaceOf(FileId file)
    {
        _places ??= new Place[Places];
        var place = Find(file);
        if (place < 0)
        {
            // Once around: what was used since the last time stays, the others go in turn.
            for (var i = 0; i < Places && _places[_next].IsUsed; i++)
            {
                _places[_next].IsUsed = false;
                _next = (_next + 1) % Places;
            }

            place = _next;
            _next = (_next + 1) % Places;
            _places[place] = new Place { File = file };
        }

        return ref _places[place];
    }

    private readonly int Find(FileId file)
    {
        if (_places is not null)
        {
            for (var i = 0; i < _places.Length; i++)
            {
                if (_places[i].State != HoldingState.Unknown && _places[i].File == file)
                    return i;
            }
        }

        return -1;
    }

    private struct Place
    {
        public FileId File;
        public HoldingState State;
        public uint Request;
        public ulong[]? Bits;
        public bool IsUsed;
    }
}
