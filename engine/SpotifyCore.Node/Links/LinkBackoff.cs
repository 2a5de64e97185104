using SpotifyCore.Content.Time;

namespace SpotifyCore.Node.Links;

/// <summary>When a node that fails may be tried again: each failure in a row doubles the wait.</summary>
internal struct LinkBackoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _wait;
    private Instant _until;

    /// <summary>True while the node is left alone.</summary>
    public readonly bool IsOpen(Instant now) => now < _until;

    /// <summary>It failed.</summary>
    public void Fail(Instant now)
    {
        var doubled = _wait == TimeSpan.Zero ? first : _wait * 2;
        _wait = doubled < longest ? doubled : longest;
        _until = now + _wait;
    }

    /// <summary>It answered.</summary>
    public void Succeed() => _wait = TimeSpan.Zero;
}
