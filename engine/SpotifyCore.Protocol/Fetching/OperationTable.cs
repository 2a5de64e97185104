using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// The operations of a link: those in flight, by their place in the session, and those that wait for their turn.
/// </summary>
internal sealed class OperationTable(int limit, int waitingLimit)
{
    private readonly ClientOperation?[] _inFlight = new ClientOperation?[limit];

    // By priority, then by arrival.
    private readonly List<ClientOperation> _waiting = [];

    /// <summary>The operation at a place of the session, if it is still wanted.</summary>
    public ClientOperation? this[int place] => place < 0 ? null : _inFlight[place];

    /// <summary>When the first of them is late.</summary>
    public Instant NextDeadline
    {
        get
        {
            var next = Instant.Never;
            foreach (var operation in _inFlight)
                next = operation is null ? next : Instant.Min(next, operation.Deadline);
            foreach (var operation in _waiting)
                next = Instant.Min(next, operation.Deadline);

            return next;
        }
    }

    /// <summary>Takes in that an operation is in flight.</summary>
    public void Place(ClientOperation operation, int place)
    {
        operation.Place = place;
        _inFlight[place] = operation;
    }

    /// <summary>Lets an operation wait for its turn; false when too many do.</summary>
    public bool TryWait(ClientOperation operation)
    {
        if (_waiting.Count >= waitingLimit)
            return false;

        var index = _waiting.Count;
        while (index > 0 && _waiting[index - 1].Request.Priority > operation.Request.Priority)
            index--;

        _waiting.Insert(index, operation);
        return true;
    }

    /// <summary>Takes the next of those that wait.</summary>
    public ClientOperation? TakeWaiting()
    {
        if (_waiting.Count == 0)
            return null;

        var first = _waiting[0];
        _waiting.RemoveAt(0);
        return first;
    }

    /// <summary>Takes an operation out: it is over for its caller.</summary>
    public void Remove(ClientOperation operation)
    {
        if (operation.Place >= 0)
            _inFlight[operation.Place] = null;
        else
            _waiting.Remove(operation);

        operation.Place = -1;
        operation.IsActive = false;
    }

    /// <summary>An operation whose deadline is not after <paramref name="now"/>, if any; it stays.</summary>
    public ClientOperation? FindDue(Instant now)
    {
        foreach (var operation in _inFlight)
        {
            if (operation?.Deadline <= now)
                return operation;
        }

        return _waiting.Find(operation => operation.Deadline <= now);
    }
}
