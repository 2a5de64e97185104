using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Offers neighbours the chunks that are here of a file that is being fetched, and tells them of more as they come.
/// </summary>
internal sealed class PartOffers(UploadOptions options, UploadQueue uploads)
{
    private readonly List<Offer> _offers = [];

    /// <summary>
    /// Offers what is held of a file that is being fetched; false when it is not, or all is held, or nothing is, as the
    /// cache takes nothing.
    /// </summary>
    public bool TryOffer(Link link, in PeerMessage asked, Plays plays, ActionBuffer actions)
    {
        if (!options.Parts
            || plays.Coming(asked.File) is not { } download
            || download.Map.IsWhole
            || download.Horizon != uint.MaxValue)
            return false;

        uploads.Allow(link, asked.File);
        Forget(link, download);
        _offers.Add(new Offer(link, download, Tell(link, asked.Request, download, actions)));
        return true;
    }

    /// <summary>Tells those who asked about a file what came since, once that is worth a message.</summary>
    public void Update(Download download, ActionBuffer actions)
    {
        for (var i = _offers.Count - 1; i >= 0; i--)
        {
            var offer = _offers[i];
            if (offer.Download != download || !IsNews(offer))
                continue;

            if (download.Map.IsWhole)
            {
                var whole = PeerMessage.Have(0, download.File, HaveKind.Whole);
                actions.Add(new SendMessage(offer.Link.Connection, whole));
                _offers.RemoveAt(i);
                continue;
            }

            _offers[i] = offer with { Told = Tell(offer.Link, 0, download, actions) };
        }
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link)
    {
        for (var i = _offers.Count - 1; i >= 0; i--)
        {
            if (_offers[i].Link == link)
                _offers.RemoveAt(i);
        }
    }

    /// <summary>A file is not fetched any more: what was offered of it may still be asked for.</summary>
    public void Forget(Download download)
    {
        for (var i = _offers.Count - 1; i >= 0; i--)
        {
            if (_offers[i].Download == download)
                _offers.RemoveAt(i);
        }
    }

    private void Forget(Link link, Download download)
    {
        for (var i = _offers.Count - 1; i >= 0; i--)
        {
            if (_offers[i].Link == link && _offers[i].Download == download)
                _offers.RemoveAt(i);
        }
    }

    private bool IsNews(in Offer offer)
    {
        var map = offer.Download.Map;
        return map.IsWhole || map.Had - map.Storing >= offer.Told + options.PartStep;
    }

    private static uint Tell(Link link, uint request, Download download, ActionBuffer actions)
    {
        var map = download.Map;
        var present = new ulong[(map.Count + 63) / 64];
        map.CopyHeld(present);
        actions.Add(new SendPart(link.Connection, request, download.File, map.Count, present));
        return map.Had - map.Storing;
    }

    private readonly record struct Offer(Link Link, Download Download, uint Told);
}
