using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

/// <summary>
/// Offers neighbours the chunks that are here of a file that is being fetched, and tells them of more as they come.
/// </summary>
internal sealed class PartOffers(UploadOptions options, UploadQueue uploads)
{
    private readonly List<Offer> _offers = [];

    /// <summary>Offers what is held of a file that a play fetches; false when none does, or all is held.</summary>
    public bool TryOffer(Link link, in PeerMessage asked, Plays plays, ref ActionBuffer actions)
    {
        if (!options.Parts
            || plays.Fetching(asked.File) is not { IsReady: true, Download: { } download }
            || download.Map.IsWhole)
            return false;

        uploads.Allow(link, asked.File);
        Forget(link, download);
        _offers.Add(new Offer(link, download, Tell(link, asked.Request, download, ref actions)));
        return true;
    }

    /// <summary>Tells those who asked about a file what came since, once that is worth a message.</summary>
    public void Update(Download download, ref ActionBuffer actions)
    {
        for (var i = _offers.Count - 1; i >= 0; i--)
        {
            var offer = _offers[i];
            if (offer.Download != download || !IsNews(offer))
                continue;

            if (download.Map.IsWhole)
            {
                var whole = PeerMessage.Have(0, download.File, HaveKind.Whole);
                actions.Add(ClientAction.Send(offer.Link.Connection, whole));
                _offers.RemoveAt(i);
                continue;
            }

            _offers[i] = offer with { Told = Tell(offer.Link, 0, download, ref actions) };
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

    private static uint Tell(Link link, uint request, Download download, ref ActionBuffer actions)
    {
        var map = download.Map;
        var present = new ulong[(map.Count + 63) / 64];
        map.CopyHeld(present);
        var message = PeerMessage.HavePart(request, download.File, 0, map.Count);
        actions.Add(ClientAction.SendPart(link.Connection, message, present));
        return map.Had - map.Storing;
    }

    private readonly record struct Offer(Link Link, Download Download, uint Told);
}
