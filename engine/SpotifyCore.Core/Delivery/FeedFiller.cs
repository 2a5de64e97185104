using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Keeps a play's feed full: chunks that arrive within its window go there at once, the others when the window reaches
/// them, out of the cache; lets the play sound; counts what was played.
/// </summary>
internal sealed class FeedFiller(CoreParts parts)
{
    /// <summary>
    /// A verified chunk arrived in a slot: into the feed, if it is wanted there now, and into the cache.
    /// </summary>
    public void Take(PlaySession session, uint chunk, int slot, int length, Tier tier, ActionBuffer actions)
    {
        var download = session.Download!;
        download.Map.SetOrigin(chunk, tier);
        download.Map[chunk] = ChunkState.Storing;
        download.Statistics.AddFetched(tier, length);
        if (session.Buffer!.Wants(chunk))
            Deliver(session, chunk, slot, length, actions);

        actions.Add(new StoreChunk(session.Play, download.File, chunk, slot, length));
    }

    /// <summary>The cache took a chunk, or refused it.</summary>
    public void Stored(PlaySession session, uint chunk, bool stored)
    {
        var download = session.Download!;
        if (chunk >= download.Map.Count || download.Map[chunk] != ChunkState.Storing)
            return;

        download.Map[chunk] = ChunkState.Held;
        if (stored)
            return;

        // A cache that takes nothing holds nothing for later: no more is fetched than the feed takes. What the feed
        // was given already counts as held; should a seek want it again, the read misses and it is fetched anew.
        var buffer = session.Buffer!;
        download.Horizon = buffer.WindowEnd;
        if (chunk >= buffer.WindowEnd || buffer.Wants(chunk))
            download.Map[chunk] = ChunkState.Missing;
    }

    /// <summary>A chunk was read back from the cache.</summary>
    public static void Read(PlaySession session, uint chunk, int slot, int length, ActionBuffer actions)
    {
        if (TryEndRead(session, chunk, ChunkState.Held) && session.Buffer!.Wants(chunk))
            Deliver(session, chunk, slot, length, actions);
    }

    /// <summary>A chunk was to be read back from the cache, which has it no more.</summary>
    public static void Missed(PlaySession session, uint chunk) => TryEndRead(session, chunk, ChunkState.Missing);

    /// <summary>Reads from the cache what the feed wants and the cache holds.</summary>
    public void Refill(PlaySession session, ActionBuffer actions)
    {
        var (download, buffer) = (session.Download!, session.Buffer!);
        for (var chunk = buffer.GivenTo; chunk < buffer.WindowEnd; chunk++)
        {
            if (session.Reads >= parts.Options.Downloads.CacheReads)
                return;

            if (download.Map[chunk] != ChunkState.Held || !buffer.Wants(chunk))
                continue;

            download.Map[chunk] = ChunkState.Reading;
            session.Reads++;
            actions.Add(new ReadChunk(session.Play, download.File, chunk));
        }
    }

    /// <summary>The listener went elsewhere: the feed is emptied and filled from there.</summary>
    public void Seek(PlaySession session, long sample, Instant now, ActionBuffer actions)
    {
        var (download, buffer) = (session.Download!, session.Buffer!);
        var manifest = download.Manifest;
        var target = Math.Clamp(sample, 0, Math.Max(0, manifest.Samples - 1));
        var chunk = SeekPlan.For(manifest, target).Chunk;
        buffer.Reposition(chunk, target + manifest.PreSkip);
        if (download.Horizon != uint.MaxValue)
            download.Horizon = buffer.WindowEnd;

        download.NoteRestart(now);
        if (!session.IsLoaded)
        {
            // The listener asked for it, so it may cut in now.
            session.Cuts = true;
            Load(session, actions);
        }

        actions.Add(new Reposition(session.Play, chunk, sample));
    }

    /// <summary>Has the player take a play up: now, or behind what it plays.</summary>
    public static void Load(PlaySession session, ActionBuffer actions)
    {
        session.IsLoaded = true;
        actions.Add(new LoadPlay(session.Play, Follows: !session.Cuts));
    }

    /// <summary>A play that was prepared as the next is begun by a click: with an empty feed, from its start.</summary>
    public static void Restart(PlaySession session, ActionBuffer actions)
    {
        if (session.Download is not { } download)
            return;

        session.IsLoaded = false;
        actions.Add(new StopPlay(session.Play));
        session.Buffer!.Reposition(0, download.Manifest.PreSkip);
        download.Sounds = false;
    }

    /// <summary>Lets the play sound once enough is ahead.</summary>
    public void StartIfReady(PlaySession session, Instant now, ActionBuffer actions)
    {
        var download = session.Download!;
        if (download.Sounds || !parts.Buffer.MayStart(download, session.Buffer!.GivenTo, session.IsPaced, now))
            return;

        download.Sounds = true;
        download.NoteRestart(now);
        if (!session.IsLoaded)
            Load(session, actions);

        actions.Add(new StartSounding(session.Play));
    }

    /// <summary>The player used chunks up.</summary>
    public void Advance(PlaySession session, uint next, long sample)
    {
        var (download, buffer) = (session.Download!, session.Buffer!);
        var before = buffer.Next;
        if (!buffer.TryAdvance(next, sample + download.Manifest.PreSkip))
            return;

        for (var chunk = before; chunk < next; chunk++)
        {
            if (download.Map.TryCount(chunk))
                download.Statistics.AddPlayed(download.Map.OriginOf(chunk), download.Manifest.LengthOf(chunk));
        }

        if (download.Horizon != uint.MaxValue)
            download.Horizon = buffer.WindowEnd;
    }

    private static bool TryEndRead(PlaySession session, uint chunk, ChunkState state)
    {
        session.Reads--;
        var map = session.Download!.Map;
        if (chunk >= map.Count || map[chunk] != ChunkState.Reading)
            return false;

        map[chunk] = state;
        return true;
    }

    private static void Deliver(PlaySession session, uint chunk, int slot, int length, ActionBuffer actions)
    {
        session.Buffer!.Give(chunk);
        var tier = session.Download!.Map.OriginOf(chunk);
        actions.Add(new DeliverChunk(session.Play, chunk, slot, length, tier));
    }
}
