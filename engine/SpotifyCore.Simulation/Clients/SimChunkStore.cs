using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Simulation.Clients;

/// <summary>The cache of a client as its core sees it: answers take the time that a cache takes.</summary>
internal sealed class SimChunkStore(SimClient client) : IChunkStore
{
    private readonly ulong[] _present = new ulong[64];

    private Population Population => client.Population;

    /// <inheritdoc/>
    public void AskPresence(in AskPresence asked)
    {
        client.Note(ActionTrace.AskPresence);
        client.Inbox.Post(new Posted(
            0, PostKind.Presence, asked.Play, default, 0, Population.Tracks.IndexOf(asked.File), 0, 0));
    }

    /// <inheritdoc/>
    public void Read(in ReadChunk read)
    {
        client.Note(ActionTrace.ReadChunk, chunk: read.Chunk);
        client.Inbox.PostCached(PostKind.Read, read.Play, Population.Tracks.IndexOf(read.File), read.Chunk);
    }

    /// <inheritdoc/>
    public void Store(in StoreChunk chunk)
    {
        client.Note(ActionTrace.StoreChunk, chunk: chunk.Chunk);
        Population.Watch.Stores(client, chunk);
        Population.Slot.IsStored = true;
        client.Plays.Find(chunk.Play)?.Bytes.Fetch(chunk.Chunk, Population.Slot.Origin, Population.Slot.Length);
        client.Inbox.PostCached(PostKind.Stored, chunk.Play, Population.Tracks.IndexOf(chunk.File), chunk.Chunk);
    }

    /// <inheritdoc/>
    public void QueryHeld(in QueryHeld query)
    {
        client.Note(ActionTrace.QueryHeld, query.Connection);
        var track = Population.Tracks.IndexOf(query.File);
        var held = track >= 0 && client.Cache.HoldsWhole(track) ? 1 : 0;
        client.Inbox.Post(new Posted(0, PostKind.Held, default, query.Connection, query.Request, track, 0, held));
    }

    /// <inheritdoc/>
    public void OpenKept(in OpenKept opening) => client.Keepings.Open(opening);

    /// <inheritdoc/>
    public void Keep(in KeepChunk chunk) => client.Keepings.Keep(chunk);

    /// <inheritdoc/>
    public void EndKeeping(in EndKeeping ended) => client.Keepings.End(ended);

    /// <summary>The core hears which chunks of a play's file are held.</summary>
    public void TellPresence(in Posted asked)
    {
        var words = (Population.Tracks.ChunksOf(asked.Track) + 63) / 64;
        var present = words <= _present.Length ? _present.AsMemory(0, words) : new ulong[words];
        client.Cache.CopyPresence(asked.Track, present.Span);
        client.Cache.Touch(asked.Track);
        client.Raise(new PresenceKnown(asked.Play, present));
    }

    /// <summary>The core is given a chunk, or hears that it is gone.</summary>
    public void TellRead(in Posted read)
    {
        if (!client.Cache.Holds(read.Track, read.Chunk))
        {
            client.Raise(new CacheMissed(read.Play, read.Chunk));
            return;
        }

        var chunk = new ChunkId(Population.Tracks.FileOf(read.Track), read.Chunk);
        var length = Population.Tracks.ChunkLengthOf(read.Track, read.Chunk);
        Population.Slot.Fill(chunk, length, Tier.Cache);
        client.Raise(new CacheRead(read.Play, read.Chunk, SlotContent.Number, length));
    }

    /// <summary>A chunk was written.</summary>
    public void TellStored(in Posted stored)
    {
        var isStored = client.Cache.TryAdd(stored.Track, stored.Chunk);
        client.Raise(new ChunkStored(stored.Play, stored.Chunk, isStored));
    }
}
