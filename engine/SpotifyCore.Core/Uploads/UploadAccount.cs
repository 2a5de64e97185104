using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Uploads;

/// <summary>What the peers of one account take together: the queue is shared out among accounts.</summary>
/// <param name="key">Names it.</param>
internal sealed class UploadAccount(UInt128 key)
{
    public UInt128 Key { get; } = key;

    /// <summary>Its peers that may be served.</summary>
    public int Peers { get; set; }

    /// <summary>Its requests that wait.</summary>
    public int Waiting { get; set; }

    /// <summary>Chunks on their way to its peers.</summary>
    public int Sending { get; set; }

    /// <summary>When it was served last, in turns.</summary>
    public long Turn { get; set; }

    /// <summary>When a peer of it was closed last for not taking what it had asked for.</summary>
    public Instant? StalledAt { get; set; }
}
