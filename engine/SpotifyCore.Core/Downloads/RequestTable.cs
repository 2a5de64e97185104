using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// All requests for chunks in flight, in the order in which they were made. Pools them, so that none allocates in the
/// steady state.
/// </summary>
internal sealed class RequestTable
{
    private readonly List<Outstanding> _requests = [];
    private readonly Stack<Outstanding> _pool = new();

    /// <summary>Requests in flight.</summary>
    public int Count => _requests.Count;

    /// <summary>A request by its place.</summary>
    public Outstanding this[int place] => _requests[place];

    /// <summary>Adds a request.</summary>
    public Outstanding Add(Link link, Download download, uint first, int count, Instant now)
    {
        if (!_pool.TryPop(out var request))
            request = new Outstanding();

        request.Begin(link, download, link.NextRequest(), first, count);
        link.Ask(request.PendingBytes(), now);
        download.NoteAsked(now);
        _requests.Add(request);
        return request;
    }

    /// <summary>Finds a request by its link and number; null when it is over.</summary>
    public Outstanding? Find(Link link, uint number)
    {
        foreach (var request in _requests)
        {
            if (request.Request == number && request.Link == link)
                return request;
        }

        return null;
    }

    /// <summary>
    /// A request other than <paramref name="except"/> that is to bring a chunk; null when there is none.
    /// </summary>
    public Outstanding? FindOther(Download download, uint chunk, Outstanding? except)
    {
        foreach (var request in _requests)
        {
            if (request != except && request.Download == download && request.IsWanted(chunk))
                return request;
        }

        return null;
    }

    /// <summary>
    /// A request is over, by an answer or because it was given up: takes it out and gives its room back to the link.
    /// </summary>
    public void Remove(Outstanding request, bool cancelled, Instant now)
    {
        request.Link.End(request.PendingBytes(), cancelled, now);
        request.Download.NoteEnded(now);
        _requests.Remove(request);
        request.Clear();
        _pool.Push(request);
    }
}
