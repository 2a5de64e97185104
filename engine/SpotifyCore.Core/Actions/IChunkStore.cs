namespace SpotifyCore.Core.Actions;

/// <summary>
/// The client's cache, for its core. Called on the loop; answers come as events, never from within a call.
/// </summary>
public interface IChunkStore
{
    /// <summary>Looks up which chunks of a file are held.</summary>
    void AskPresence(in AskPresence asked);

    /// <summary>Reads a chunk for a play.</summary>
    void Read(in ReadChunk read);

    /// <summary>Writes a verified chunk; the slot is kept until that is done.</summary>
    void Store(in StoreChunk chunk);

    /// <summary>Finds out whether a file is held whole.</summary>
    void QueryHeld(in QueryHeld query);
}
