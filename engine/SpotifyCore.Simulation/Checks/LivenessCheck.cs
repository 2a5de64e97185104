using SpotifyCore.Content.Time;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;

namespace SpotifyCore.Simulation.Checks;

/// <summary>
/// Nobody waits for sound, and no play fails, while an honest source that is connected holds what is lacking and could
/// send it, and none of those is asked: its own cache or a node, since what a peer gives is the peer's to decide. Slow
/// lines are no fault: who is asked for anything may take its time. Looked at once a second while a client waits.
/// </summary>
internal sealed class LivenessCheck(SimClient client)
{
    /// <summary>
    /// More than any pause of the core's between two requests for what is needed now (2 s for a node, 6 s after a
    /// silence), and less than its patience, 20 s, after which a play fails.
    /// </summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(10);

    /// <summary>A play that fails must not have been left so for even this long.</summary>
    private static readonly TimeSpan MostBeforeFailure = TimeSpan.FromSeconds(5);

    /// <summary>Who refused is left alone for so long, at most (the core's longest pause).</summary>
    private static readonly TimeSpan RefusalLasts = TimeSpan.FromSeconds(16);

    private Instant _since = Instant.Never;
    private SimPlay? _play;
    private uint _chunk;

    /// <summary>True while the client is among those that are looked at.</summary>
    public bool IsListed { get; set; }

    /// <summary>Looks.</summary>
    public void Look()
    {
        var play = client.Player.IsWaiting ? client.Plays.Current : null;
        if (play is null || FindNeglected(play, out var chunk) is not { } holder)
        {
            _since = Instant.Never;
            return;
        }

        var now = client.World.Now;
        if (_since == Instant.Never || play != _play || chunk != _chunk)
            (_since, _play, _chunk) = (now, play, chunk);

        if (now - _since < MostSilence)
            return;

        Report("is silent", play, holder);
        _since = now;
    }

    /// <summary>The core gave a play up that it could not get.</summary>
    public void Failed(SimPlay play)
    {
        var isLong = _since != Instant.Never && client.World.Now - _since >= MostBeforeFailure;
        if (isLong && play == _play && FindNeglected(play, out var chunk) is { } holder && chunk == _chunk)
            Report("fails", play, holder);
    }

    /// <summary>Who holds what a play lacks, while nobody who does is asked; null when all is well.</summary>
    private string? FindNeglected(SimPlay play, out uint chunk)
    {
        var now = client.World.Now.Ticks;
        chunk = play.Lacks;
        if (play.Manifest is not { } manifest || client.AsleepUntil > now || client.Island.Until > now)
            return null;

        if (play.Ready < client.FeedWindow && chunk < manifest.ChunkCount && client.Cache.Holds(play.Track, chunk))
            return "its own cache";

        // A full feed takes no more; what is waited for lies behind it.
        while (chunk < manifest.ChunkCount && client.Cache.Holds(play.Track, chunk))
            chunk++;

        if (chunk == manifest.ChunkCount)
            return "its own feed";

        string? holder = null;
        foreach (var end in client.Ends)
        {
            if (!CanSend(end))
                continue;

            // One that refused may be left alone, but it need not be: who was asked anew is asked.
            var traffic = SimPeerNetwork.TrafficOf(end);
            if (traffic.IsAsked)
                return null;

            if (!HasRefused(traffic))
                holder ??= $"node {end.Peer.Host.Number}";
        }

        return holder;
    }

    private bool CanSend(ConnectionEnd end)
    {
        var (host, now) = (end.Peer.Host, client.World.Now);
        if (!end.IsOpen || end.Peer.IsClosed || host.AsleepUntil > now.Ticks)
            return false;

        return client.SeparatedUntil(host, now.Ticks) <= 0 && host is SimNode { IsUp: true };
    }

    private bool HasRefused(PeerTraffic traffic) =>
        traffic.RefusedAt != Instant.Never && client.World.Now - traffic.RefusedAt < RefusalLasts;

    private void Report(string how, SimPlay play, string holder)
    {
        var (world, seconds) = (client.World, (client.World.Now - _since).TotalSeconds);
        world.Checks.Broken(
            client.Number,
            $"seed {world.Options.Seed}: play {play.Id.Value} of client {client.Number} {how}: for {seconds:F0} s it "
            + $"lacks chunk {_chunk} of track {play.Track}, nobody who could send it is asked, and {holder} has it");
    }
}
