using Google.Protobuf;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The tracker with a clock and a lock around it. Safe for many threads.</summary>
internal sealed class PeerDirectory(Tracker tracker, TimeProvider time)
{
    private readonly Lock _guard = new();

    public bool TryArrive(PeerId peer, ClientPlace place, out long arrival)
    {
        lock (_guard)
            return tracker.TryArrive(peer, place, out arrival);
    }

    public void Leave(PeerId peer, long arrival)
    {
        lock (_guard)
            tracker.Leave(peer, arrival);
    }

    public void Played(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Played(peer, file, time.GetInstant());
    }

    public void Held(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Held(peer, file, time.GetInstant());
    }

    public void Dropped(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Dropped(peer, file);
    }

    /// <summary>The site an online client said it belongs to; empty when it is not online.</summary>
    public string SiteOf(PeerId peer)
    {
        lock (_guard)
            return tracker.TryFindPlace(peer, out var place) ? place.Site : "";
    }

    /// <summary>Who to ask for a file, best first.</summary>
    public IEnumerable<Peer> Find(FileId file, PeerId asker)
    {
        var found = new List<TrackedPeer>();
        lock (_guard)
        {
            var site = tracker.TryFindPlace(asker, out var place) ? place.Site : "";
            tracker.Find(file, asker, site, time.GetInstant(), found);
        }

        return found.Select(ToMessage);
    }

    private static Peer ToMessage(TrackedPeer peer)
    {
        var id = new byte[PeerId.Size];
        peer.Id.Write(id);
        return new Peer
        {
            Id = ByteString.CopyFrom(id), Host = peer.Place.Host, Port = peer.Place.Port, Site = peer.Place.Site,
        };
    }
}
