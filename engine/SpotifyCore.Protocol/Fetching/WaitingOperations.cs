using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Operations that wait until the server takes another request: by priority, then by arrival.</summary>
internal sealed class WaitingOperations(int limit)
{
    private readonly List<ClientOperation> _waiting = [];

    /// <summary>Takes an operation in; false when there are too many.</summary>
    public bool TryAdd(ClientOperation operation)
    {
        if (_waiting.Count >= limit)
            return false;

        var index = _waiting.Count;
        while (index > 0 && _waiting[index - 1].Request.Priority > operation.Request.Priority)
            index--;

        _waiting.Insert(index, operation);
        return true;
    }

    public ClientOperation? TakeNext()
    {
        if (_waiting.Count == 0)
            return null;

        var first = _waiting[0];
        _waiting.RemoveAt(0);
        return first;
    }

    public void Remove(ClientOperation operation) => _waiting.Remove(operation);

    /// <summary>When the first of them is late.</summary>
    public Instant NextDeadline
    {
        get
        {
            var next = Instant.Never;
            foreach (var operation in _waiting)
                next = Instant.Min(next, operation.Deadline);

            return next;
        }
    }

    /// <summary>One whose deadline has passed, if any; it stays.</summary>
    public ClientOperation? FindLate(Instant now) => _waiting.Find(operation => operation.Deadline <= now);
}
