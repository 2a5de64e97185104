namespace SpotifyCore.Storage.Cache.Log;

/// <summary>What FASTER opens a log from again: its own words on its index and on its log, kept with ours.</summary>
internal sealed record LogCheckpoint(Guid Token, byte[] Index, byte[] Log);
