namespace SpotifyCore.Storage.Cache.Log;

/// <summary>What an operation on the log works on. The memory is pinned for as long as the operation lasts.</summary>
internal unsafe struct LogInput
{
    public RecordKey Key;
    public byte* Payload;
    public int Length;
    public ulong Hash;
}
