using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>
/// The requests that wait to be served: by priority, then by arrival, however often they were taken out and put back.
/// Each stands at its place in the session, which bounds the queue. Everything takes constant time, but for what is put
/// back behind others.
/// </summary>
public sealed class ServingQueue
{
    private const int None = -1;
    private readonly int[] _first = [None, None, None];
    private readonly int[] _last = [None, None, None];
    private ServingItem[] _items = [];
    private long _arrivals;

    /// <summary>The item at a place.</summary>
    public ref ServingItem this[int place] => ref _items[place];

    /// <summary>Takes in a request.</summary>
    public void Add(in PeerMessage request, int place, Instant now)
    {
        if (place >= _items.Length)
            Array.Resize(ref _items, Math.Max(place + 1, _items.Length * 2));

        var useful = TimeSpan.FromMilliseconds(request.Milliseconds);
        _items[place] = new ServingItem
        {
            Request = request,
            Deadline = request.Milliseconds == 0 ? Instant.Never : now + useful,
            Arrival = _arrivals++,
            Behind = None,
        };

        var priority = (int)request.Priority;
        if (_last[priority] == None)
            _first[priority] = place;
        else
            _items[_last[priority]].Behind = place;

        _last[priority] = place;
    }

    /// <summary>The place of the next item of at least a priority; it stays where it is.</summary>
    public bool TryPeek(RequestPriority least, out int place)
    {
        for (var priority = 0; priority <= (int)least; priority++)
        {
            place = _first[priority];
            if (place != None)
                return true;
        }

        place = None;
        return false;
    }

    /// <summary>Takes the item that was peeked at out of the queue.</summary>
    public void Take(int place)
    {
        var priority = (int)_items[place].Request.Priority;
        _first[priority] = _items[place].Behind;
        if (_first[priority] == None)
            _last[priority] = None;
    }

    /// <summary>
    /// Puts an item that was taken out back to where it arrived: behind those of its priority that were there before it.
    /// At the very front, two that each wait for the other's bytes to leave would overtake each other for ever.
    /// </summary>
    public void PutBack(int place)
    {
        var priority = (int)_items[place].Request.Priority;
        var ahead = None;
        var behind = _first[priority];
        while (behind != None && _items[behind].Arrival < _items[place].Arrival)
            (ahead, behind) = (behind, _items[behind].Behind);

        _items[place].Behind = behind;
        if (ahead == None)
            _first[priority] = place;
        else
            _items[ahead].Behind = place;

        if (behind == None)
            _last[priority] = place;
    }
}
