using SpotifyCore.Content.Identity;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Clients;

/// <summary>What a client keeps offline: here its chunks lie in the cache, beside the others.</summary>
internal sealed class SimKeepings(SimClient client)
{
    private readonly Dictionary<PlayId, int> _open = [];

    /// <summary>True while something is being fetched to be kept.</summary>
    public bool HasOpen => _open.Count > 0;

    private Population Population => client.Population;

    /// <summary>The access point is asked for a track.</summary>
    public void Open(in OpenKept opening)
    {
        client.Note(ActionTrace.OpenKept);
        var track = TrackLibrary.IndexOf(opening.Track);
        _open.Add(opening.Keeping, track);
        Population.AccessPoint.Ask(new AccessCall(client.Access, AccessCallKind.Open, opening.Keeping, track));
    }

    /// <summary>It has answered, or has not; true when that was about one of these.</summary>
    public bool Answered(AccessCall call)
    {
        if (!_open.TryGetValue(call.Play, out var track))
            return false;

        if (call.Peers is not { } peers || call.Advert is not null)
        {
            _open.Remove(call.Play);
            client.Raise(new KeptFailed(call.Play, DeliveryFailure.AccessPointUnreachable));
            return true;
        }

        var present = new ulong[(Population.Tracks.ChunksOf(track) + 63) / 64];
        client.Cache.CopyPresence(track, present);
        client.Raise(new KeptOpened(
            call.Play, new OpenedTrack(Population.Tracks.ManifestOf(track), call.Nodes!, peers), present));
        return true;
    }

    /// <summary>A chunk is written.</summary>
    public void Keep(in KeepChunk chunk)
    {
        client.Note(ActionTrace.KeepChunk, chunk: chunk.Chunk);
        Population.Watch.Stores(client, new StoreChunk(chunk.Keeping, chunk.File, chunk.Chunk, chunk.Slot, chunk.Length));
        Population.Slot.IsStored = true;
        client.Inbox.PostCached(PostKind.Kept, chunk.Keeping, Population.Tracks.IndexOf(chunk.File), chunk.Chunk);
    }

    /// <summary>It was.</summary>
    public void TellKept(in Posted kept)
    {
        var isStored = client.Cache.TryAdd(kept.Track, kept.Chunk);
        client.Raise(new ChunkKept(kept.Play, kept.Chunk, isStored));
    }

    /// <summary>Nothing more comes.</summary>
    public void End(in EndKeeping ended)
    {
        client.Note(ActionTrace.EndKeeping);
        _open.Remove(ended.Keeping);
        if (ended.IsWhole)
            client.Inbox.PostCached(PostKind.KeepingEnded, ended.Keeping, track: 0, chunk: 0);
    }

    /// <summary>The program is gone.</summary>
    public void Clear() => _open.Clear();
}
