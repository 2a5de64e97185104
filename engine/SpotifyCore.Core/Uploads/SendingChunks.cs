using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Uploads;

/// <summary>
/// The chunks on their way to the peers of the same LAN, or to all others, in the order in which they set out: one a peer,
/// but several of what a peer of the same LAN keeps for later. Each holds a slot until it has left or is overdue. Owned by
/// the upload queue.
/// </summary>
/// <param name="options">How many there may be.</param>
/// <param name="cap">How long they need.</param>
/// <param name="isNear">True for those of the same LAN.</param>
internal sealed class SendingChunks(UploadOptions options, UplinkCap cap, bool isNear)
{
    private readonly List<UploadRequest> _chunks = [];

    /// <summary>How many there are, overdue ones among them.</summary>
    public int Count => _chunks.Count;

    /// <summary>How many of them are overdue and hold no slot.</summary>
    public int Overdue { get; private set; }

    /// <summary>True while a slot is free.</summary>
    public bool HasSlot => _chunks.Count - Overdue < Slots;

    /// <summary>When the first has taken too long for any use; never while there is none.</summary>
    public Instant OverlongAt =>
        _chunks.Count > 0 ? _chunks[0].Began + options.LongestChunk + OwnTime : Instant.Never;

    /// <summary>When the first that holds a slot is overdue; never while there is none.</summary>
    public Instant OverdueAt =>
        FirstInSlot() is >= 0 and var first ? _chunks[first].Began + options.SlotTime + OwnTime : Instant.Never;

    /// <summary>What the chunks of all slots need at the cap: longer is not the peers' doing.</summary>
    private TimeSpan OwnTime => TimeSpan.FromSeconds(Slots * Manifest.ChunkSize / cap.BytesPerSecond);

    private int Slots => isNear ? options.NearSlots : options.Slots;

    private int SlotsForSlow => isNear ? options.NearSlots - options.NearSlotsPerPeer : options.SlotsForSlow;

    /// <summary>The chunk that set out first; there is one.</summary>
    public UploadRequest First => _chunks[0];

    /// <summary>A chunk sets out.</summary>
    public void Begin(in UploadRequest chunk, long turn, Instant now)
    {
        _chunks.Add(chunk with { Began = now, Overtaken = 0, IsOverdue = false });
        chunk.Taker.Begin(turn, chunk.Priority);
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
        if (ended.IsOverdue)
            (Overdue, ended.Taker.Overdue) = (Overdue - 1, ended.Taker.Overdue - 1);

        ended.Taker.End(ended.Priority);
        if (!hasLeft)
            return ended;

        ended.Taker.Link.TakesSlowly = ended.IsOverdue || ended.Overtaken >= options.SlowAfter;
        for (var i = 0; i < place; i++)
        {
            // Of two to one peer the one that the disk gave sooner goes first, which says nothing of the peer.
            if (_chunks[i].Taker == ended.Taker)
                continue;

            var overtaken = _chunks[i].Overtaken + 1;
            _chunks[i] = _chunks[i] with { Overtaken = overtaken };
            _chunks[i].Taker.Link.TakesSlowly |= overtaken >= options.SlowAfter;
        }

        return ended;
    }

    /// <summary>A peer is gone: takes away a chunk that is on its way to it; false when there is none left.</summary>
    public bool TryRemove(UploadTaker taker, out UploadRequest chunk)
    {
        var place = taker.Sending > 0 ? _chunks.FindIndex(chunk => chunk.Taker == taker) : -1;
        chunk = place >= 0 ? End(_chunks[place], hasLeft: false) : default;
        return place >= 0;
    }

    /// <summary>
    /// True while what sets out counts against the cap. A LAN may be one by its addresses alone: where the line's delay says
    /// that it is full after all, that holds there too.
    /// </summary>
    public bool IsPaced(Instant now) => !isNear || options.MaxBytesPerSecond > 0 || cap.IsDelayed(now);

    /// <summary>True for what is not given at present, however many slots are free.</summary>
    public bool IsHeldBack(in UploadRequest request, UploadAccounts accounts, Instant now)
    {
        var taker = request.Taker;
        if (taker.Overdue > 0 || (taker.Account.Sending > 0 && accounts.HasStalled(taker.Account, now)))
            return true;
        if (taker.Sending == 0 || IsPaced(now))
            return taker.Sending > 0;

        // What is heard does not wait for what is kept for later.
        return request.Priority == RequestPriority.OfflineSync
            ? taker.Sending >= options.NearSlotsPerPeer
            : taker.Sending > taker.SendingForLater;
    }

    /// <summary>True while one that may take slowly may be given something.</summary>
    public bool HasSlotForSlow(UploadAccounts accounts, Instant now) => CountSlow(accounts, now) < SlotsForSlow;

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
        var taker = _chunks[place].Taker;
        taker.Link.TakesSlowly = true;
        (Overdue, taker.Overdue) = (Overdue + 1, taker.Overdue + 1);
        return true;
    }

    /// <summary>Slots of those that may take slowly.</summary>
    private int CountSlow(UploadAccounts accounts, Instant now)
    {
        var slow = 0;
        foreach (var chunk in _chunks)
            slow += !chunk.IsOverdue && chunk.Taker.MayBeSlow(accounts, options, now) ? 1 : 0;

        return slow;
    }

    private int FirstInSlot() => _chunks.FindIndex(static chunk => !chunk.IsOverdue);
}
