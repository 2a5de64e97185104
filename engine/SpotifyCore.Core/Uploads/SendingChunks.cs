using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Uploads;

/// <summary>
/// The chunks on their way to peers, in the order in which they set out, at most one a peer. Each holds a slot until it
/// has left or is overdue. Owned by the upload queue.
/// </summary>
internal sealed class SendingChunks(UploadOptions options, UplinkCap cap)
{
    private readonly List<UploadRequest> _chunks = [];

    /// <summary>How many there are, overdue ones among them.</summary>
    public int Count => _chunks.Count;

    /// <summary>How many of them are overdue and hold no slot.</summary>
    public int Overdue { get; private set; }

    /// <summary>True while a slot is free.</summary>
    public bool HasSlot => _chunks.Count - Overdue < options.Slots;

    /// <summary>When the first has taken too long for any use; never while there is none.</summary>
    public Instant OverlongAt =>
        _chunks.Count > 0 ? _chunks[0].Began + options.LongestChunk + OwnTime : Instant.Never;

    /// <summary>When the first that holds a slot is overdue; never while there is none.</summary>
    public Instant OverdueAt =>
        FirstInSlot() is >= 0 and var first ? _chunks[first].Began + options.SlotTime + OwnTime : Instant.Never;

    /// <summary>What the chunks of all slots need at the cap: longer is not the peers' doing.</summary>
    private TimeSpan OwnTime => TimeSpan.FromSeconds(options.Slots * Manifest.ChunkSize / cap.BytesPerSecond);

    /// <summary>The chunk that set out first; there is one.</summary>
    public UploadRequest First => _chunks[0];

    /// <summary>A chunk sets out.</summary>
    public void Begin(in UploadRequest chunk, long turn, Instant now)
    {
        _chunks.Add(chunk with { Began = now, Overtaken = 0, IsOverdue = false });
        chunk.Taker.Begin(turn);
    }

    /// <summary>The chunk of a request; false when none of it is on its way.</summary>
    public bool TryFind(Link link, uint request, out UploadRequest chunk)
    {
        var place = UploadRequest.PlaceOf(_chunks, link, request);
        chunk = place >= 0 ? _chunks[place] : default;
        return place >= 0;
    }

    /// <summary>Nothing more of a request is wanted than what is on its way; false when nothing of it is.</summary>
    public bool TryCutShort(Link link, uint request)
    {
        var place = UploadRequest.PlaceOf(_chunks, link, request);
        if (place >= 0)
            _chunks[place] = _chunks[place] with { Left = _chunks[place].Left with { Count = 0 } };

        return place >= 0;
    }

    /// <summary>
    /// A chunk has left, or was not to be had: takes it away. Those that set out before it were overtaken if it has
    /// left, and whoever was so often takes slowly.
    /// </summary>
    public UploadRequest End(in UploadRequest chunk, bool hasLeft)
    {
        var place = UploadRequest.PlaceOf(_chunks, chunk.Taker.Link, chunk.Request);
        var ended = _chunks[place];
        _chunks.RemoveAt(place);
        Overdue -= ended.IsOverdue ? 1 : 0;
        ended.Taker.End();
        if (!hasLeft)
            return ended;

        ended.Taker.Link.TakesSlowly = ended.IsOverdue || ended.Overtaken >= options.SlowAfter;
        for (var i = 0; i < place; i++)
        {
            var overtaken = _chunks[i].Overtaken + 1;
            _chunks[i] = _chunks[i] with { Overtaken = overtaken };
            _chunks[i].Taker.Link.TakesSlowly |= overtaken >= options.SlowAfter;
        }

        return ended;
    }

    /// <summary>A peer is gone, and what is on its way to it; false when nothing was.</summary>
    public bool Remove(UploadTaker taker)
    {
        var place = taker.IsSending ? _chunks.FindIndex(chunk => chunk.Taker == taker) : -1;
        if (place >= 0)
            End(_chunks[place], hasLeft: false);

        return place >= 0;
    }

    /// <summary>
    /// Takes its slot from a chunk that is overdue; false when none is. The chunk goes on, and its peer, which takes
    /// slowly, is given nothing else before it has left.
    /// </summary>
    public bool TryFreeSlot(Instant now)
    {
        var place = FirstInSlot();
        if (now < OverdueAt)
            return false;

        _chunks[place] = _chunks[place] with { IsOverdue = true };
        _chunks[place].Taker.Link.TakesSlowly = true;
        Overdue++;
        return true;
    }

    /// <summary>Slots of those that may take slowly.</summary>
    public int CountSlow(UploadAccounts accounts, Instant now)
    {
        var slow = 0;
        foreach (var chunk in _chunks)
            slow += !chunk.IsOverdue && chunk.Taker.MayBeSlow(accounts, options, now) ? 1 : 0;

        return slow;
    }

    private int FirstInSlot() => _chunks.FindIndex(static chunk => !chunk.IsOverdue);
}
