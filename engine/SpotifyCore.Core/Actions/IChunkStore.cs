namespace SpotifyCore.Core.Actions;

/// <summary>
/// The client's cache, and the files that it keeps offline, for its core. Called on the loop; answers come as events, never from within a call.
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

    /// <summary>Opens a track that is to be kept, and its file.</summary>
    void OpenKept(in OpenKept opening);

    /// <summary>Writes a verified chunk into a file that is kept; the slot is kept until that is done.</summary>
    void Keep(in KeepChunk chunk);

    /// <summary>Nothing more comes into a file that is kept.</summary>
    void EndKeeping(in EndKeeping ended);
}
