using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// The files of plays that are over whose last chunks are still on their way into the cache: they become whole, and are
/// announced, all the same. Bounded by the writes under way.
/// </summary>
internal sealed class LastStores(PartOffers offers)
{
    private readonly List<Download> _files = [];

    /// <summary>A file of which nothing is missing but what is being written; null for others.</summary>
    public Download? Find(FileId file)
    {
        foreach (var download in _files)
        {
            if (download.File == file)
                return download;
        }

        return null;
    }

    /// <summary>A play is over and nothing is asked for it any more: waits for what is being written of its file.</summary>
    public void Add(Download download)
    {
        var map = download.Map;
        if (map.Storing > 0 && map.Had == map.Count && download.Horizon == uint.MaxValue)
            _files.Add(download);
        else
            offers.Forget(download);
    }

    /// <summary>The cache took a chunk for a play that is over, or refused it.</summary>
    public void Stored(in ChunkStored stored, ActionBuffer actions)
    {
        if (FindOf(stored.Play) is not { } file)
            return;

        file.Map[stored.Chunk] = stored.IsStored ? ChunkState.Held : ChunkState.Missing;
        if (stored.IsStored && !file.Map.IsWhole)
            return;

        _files.Remove(file);
        if (!stored.IsStored)
        {
            offers.Forget(file);
            return;
        }

        offers.Update(file, actions);
        actions.Add(new AnnounceHeld(file.File, file.Map.Count));
    }

    /// <summary>The cache lacks a chunk of a file: it will not be whole.</summary>
    public void Lost(FileId file)
    {
        if (Find(file) is not { } lost)
            return;

        _files.Remove(lost);
        offers.Forget(lost);
    }

    private Download? FindOf(PlayId play)
    {
        foreach (var download in _files)
        {
            if (download.Play == play)
                return download;
        }

        return null;
    }
}
