namespace SpotifyCore.Core;

/// <summary>
/// Names one connection for as long as the client runs; never used twice. The core numbers those it asks for
/// (1, 2, 3 and on); the runtime numbers those it accepts (-1, -2, -3 and on), so neither waits for the other.
/// </summary>
public readonly record struct ConnectionId(int Value) : IComparable<ConnectionId>
{
    /// <summary>No connection.</summary>
    public static readonly ConnectionId None;

    /// <summary>True for a connection that the remote peer opened.</summary>
    public bool IsIncoming => Value < 0;

    /// <inheritdoc/>
    public int CompareTo(ConnectionId other) => Value.CompareTo(other.Value);

    /// <summary>The number itself: the same in every process.</summary>
    public override int GetHashCode() => Value;
}
