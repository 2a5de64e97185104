namespace SpotifyCore.Protocol.Connections;

/// <summary>What a connection sends whenever no frame waits to go ahead. Owned by the connection's loop.</summary>
internal interface IBulkSource
{
    /// <summary>Whole frames to be sent; they stay where they are until <see cref="MarkSent"/>.</summary>
    ReadOnlyMemory<byte> Unsent { get; }

    /// <summary>All of <see cref="Unsent"/>, as it was when its send began, has left.</summary>
    void MarkSent();
}
