namespace SpotifyCore.Storage.Cache.Log;

/// <summary>What an operation on the log brought: the record's address, or bytes copied to pinned memory.</summary>
internal unsafe struct LogOutput
{
    public byte* Destination;
    public int Length;
    public long Address;
}
