namespace SpotifyCore.Content.Limits;

/// <summary>
/// Who holds which of a limited number of places, and who has to give one up when all are taken: whoever holds the
/// most, so that no number of places that others hold keeps out one who holds few. Every call costs the logarithm of
/// the places. Not for several threads.
/// </summary>
/// <typeparam name="THolder">Whom places are counted for.</typeparam>
/// <typeparam name="TItem">What takes a place; told apart by reference.</typeparam>
public sealed class PlaceTable<THolder, TItem>
    where THolder : notnull
    where TItem : class
{
    private readonly Dictionary<TItem, Place> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<THolder, Share> _shares = [];

    // Who is first to give up a place: who holds the most, among equals whose first has shown least, then came first.
    private readonly SortedSet<Share> _ranking = new(Comparer<Share>.Create(Share.Compare));
    private long _sequence;

    /// <summary>Places taken.</summary>
    public int Count => _places.Count;

    /// <summary>Whoever holds a place.</summary>
    public int Holders => _shares.Count;

    /// <summary>Everything that has a place, in no order.</summary>
    public IReadOnlyCollection<TItem> Items => _places.Keys;

    /// <summary>Places of a holder.</summary>
    public int CountOf(THolder holder) => _shares.TryGetValue(holder, out var share) ? share.Places.Count : 0;

    /// <summary>Gives an item a place; it has none yet.</summary>
    /// <param name="holder">Whose it is.</param>
    /// <param name="item">The item.</param>
    /// <param name="shown">How much it has shown: less goes first.</param>
    public void Add(THolder holder, TItem item, int shown = 0)
    {
        if (!_shares.TryGetValue(holder, out var share))
            _shares.Add(holder, share = new Share(holder));

        var place = new Place(item, share, shown, ++_sequence);
        _places.Add(item, place);
        _ranking.Remove(share);
        share.Places.Add(place);
        _ranking.Add(share);
    }

    /// <summary>
    /// An item has shown so much, and counts from now on as the latest that has; ignored if it has no place.
    /// </summary>
    public void Show(TItem item, int shown)
    {
        if (!_places.TryGetValue(item, out var place))
            return;

        Remove(item);
        Add(place.Share.Holder, item, shown);
    }

    /// <summary>Takes an item's place away; false when it has none.</summary>
    public bool Remove(TItem item)
    {
        if (!_places.Remove(item, out var place))
            return false;

        var share = place.Share;
        _ranking.Remove(share);
        share.Places.Remove(place);
        if (share.Places.Count > 0)
            _ranking.Add(share);
        else
            _shares.Remove(share.Holder);

        return true;
    }

    /// <summary>The item of a holder that has shown least, among equals the oldest; null when it holds none.</summary>
    public TItem? FirstOf(THolder holder) => _shares.TryGetValue(holder, out var share) ? share.First.Item : null;

    /// <summary>
    /// Which item is to go for one more of <paramref name="newcomer"/>: the first of whoever holds the most, which is
    /// the newcomer itself where nobody holds more. Null when there is none at all, or where an item that has shown so
    /// much that it is settled would go for one who then holds as many: the two would push each other out without end.
    /// </summary>
    /// <param name="newcomer">Who wants another place.</param>
    /// <param name="settled">How much an item has shown that is settled; none ever is unless set.</param>
    public TItem? FirstToGo(THolder newcomer, int settled = int.MaxValue)
    {
        if (_ranking.Min is not { } most)
            return null;

        var held = CountOf(newcomer);
        if (held >= most.Places.Count)
            return FirstOf(newcomer);

        return most.First.Shown >= settled && held + 1 == most.Places.Count ? null : most.First.Item;
    }

    /// <summary>
    /// Which item is first in whatever is handed out to those that hold places: the first of whoever holds the fewest,
    /// among those whose first has shown so much at most. Null when there is none. Costs a step more for each holder
    /// that is passed over.
    /// </summary>
    /// <param name="shown">How much an item may have shown; everything may unless set.</param>
    public TItem? LastToGo(int shown = int.MaxValue)
    {
        foreach (var share in _ranking.Reverse())
        {
            if (share.First.Shown <= shown)
                return share.First.Item;
        }

        return null;
    }

    private sealed class Place(TItem item, Share share, int shown, long sequence)
    {
        public TItem Item => item;

        public Share Share => share;

        public int Shown => shown;

        public static int Compare(Place? one, Place? other) => one!.Order.CompareTo(other!.Order);

        private (int Shown, long Sequence) Order => (shown, sequence);
    }

    private sealed class Share(THolder holder)
    {
        private static readonly Comparer<Place> ByShown = Comparer<Place>.Create(Place.Compare);

        public THolder Holder => holder;

        public SortedSet<Place> Places { get; } = new(ByShown);

        public Place First => Places.Min!;

        public static int Compare(Share? one, Share? other)
        {
            var most = other!.Places.Count.CompareTo(one!.Places.Count);
            return most != 0 || one.Places.Count == 0 ? most : Place.Compare(one.First, other.First);
        }
    }
}
