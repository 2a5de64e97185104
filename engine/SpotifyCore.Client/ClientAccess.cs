using System.Net;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Running;

namespace SpotifyCore.Client;

/// <summary>The client's side of the access point: calls, the session, and what the core asks of it.</summary>
internal sealed class ClientAccess
{
    private readonly AccessPointNotices _notices;

    private ClientAccess(
        AccessPointClient link, LoginSession account, AccessPointNotices notices, AccessPointAdapter port)
    {
        (Link, Account, Port) = (link, account, port);
        _notices = notices;
    }

    /// <summary>Calls and the session stream.</summary>
    public AccessPointClient Link { get; }

    /// <summary>The tickets that it gives.</summary>
    public required TicketStore Tickets { get; init; }

    /// <summary>Where peers reach the client; null when none are accepted.</summary>
    public required OutsidePort? Outside { get; init; }

    /// <summary>Who is logged in.</summary>
    public LoginSession Account { get; }

    /// <summary>The access point as the core sees it.</summary>
    public AccessPointAdapter Port { get; }

    /// <summary>Fetches what is kept offline.</summary>
    public required OfflineKeeping Keeping { get; init; }

    /// <summary>Tells the access point of it.</summary>
    public required OfflineContact Offline { get; init; }

    /// <summary>Tells the access point what plays.</summary>
    public required PlaybackHandover Handover { get; init; }

    /// <summary>Puts it together; nothing is called yet.</summary>
    /// <param name="options">The client's.</param>
    /// <param name="files">Key, session and what was kept of tracks.</param>
    /// <param name="cache">Says which files are whole.</param>
    /// <param name="playback">Takes what is opened.</param>
    /// <param name="listenPort">Where peers are accepted; 0 when none are.</param>
    /// <param name="context">The loop.</param>
    public static ClientAccess Create(
        SpotifyClientOptions options,
        ClientFiles files,
        ChunkStoreAdapter cache,
        ClientPlayback playback,
        int listenPort,
        LoopContext context)
    {
        var tickets = new TicketStore();
        var link = new AccessPointClient(
            PartSettings.AccessPoint(options), files.Identity, tickets, context.Time, context.Logger)
        {
            DeviceName = options.DeviceName, DeviceKind = options.DeviceKind,
        };
        link.SetPort(listenPort);
        var outside = listenPort == 0 ? null : new OutsidePort(listenPort, link.SetPort);
        var address = IPAddress.Parse(options.ListenAddress);
        var place = new OwnPlace(options.Site, () => LocalNetwork.Find(address), outside);
        playback.Player.MayFetch = () => tickets.AllowsFetching;
        var account = new LoginSession(link, files.Session, place, context, playback.Runtime);
        var notices = new AccessPointNotices(link, files.Held, cache, context);
        var finder = new TrackFinder(link, files.Tracks, cache, place, options.BitsPerSecond)
        {
            UsesPeers = options.DeviceKind == DeviceKind.Desktop, Offline = files.Offline,
        };
        var offline = new OfflineContact(link, files.Offline, context, playback.Runtime);
        account.CameOnline = () => context.Background.Run(offline.RenewAsync);
        var handover = new PlaybackHandover(link, playback.Runtime, context) { IsPaced = options.Core.IsPaced };
        playback.Player.Changed = handover.Look;
        var port = new AccessPointAdapter(finder, notices, playback.Player, context, playback.Runtime);
        return new ClientAccess(link, account, notices, port)
        {
            Tickets = tickets,
            Outside = outside,
            Keeping = new OfflineKeeping(link, files.Offline, finder, context, playback.Runtime),
            Offline = offline,
            Handover = handover,
        };
    }

    /// <summary>Tells the tracker which files are held whole; on the loop.</summary>
    public void AnnounceAll() => _notices.AnnounceAll();
}
