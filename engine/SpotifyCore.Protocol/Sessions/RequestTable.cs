using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>
/// The requests in flight one way, each at a place that is its own until it ends. Grows to what is used, never beyond
/// its limit, and then allocates no more.
/// </summary>
internal sealed class RequestTable
{
    private const int FirstSize = 4;

    // An id of 0 marks a free place.
    private uint[] _ids = [];
    private RequestEntry[] _entries = [];

    public int Count { get; private set; }

    public ref RequestEntry this[int place] => ref _entries[place];

    /// <summary>The place of a request, or -1.</summary>
    public int Find(uint id) => id == 0 ? -1 : _ids.AsSpan().IndexOf(id);

    public int Add(in PeerMessage request)
    {
        var place = _ids.AsSpan().IndexOf(0u);
        if (place < 0)
        {
            place = _ids.Length;
            var size = Math.Max(FirstSize, place * 2);
            Array.Resize(ref _ids, size);
            Array.Resize(ref _entries, size);
        }

        _ids[place] = request.Request;
        _entries[place] = new RequestEntry
        {
            Kind = request.Kind,
            File = request.File,
            Next = request.Chunk,
            End = request.Chunk + request.Count,
        };
        Count++;
        return place;
    }

    public void Remove(int place)
    {
        _ids[place] = 0;
        Count--;
    }
}
