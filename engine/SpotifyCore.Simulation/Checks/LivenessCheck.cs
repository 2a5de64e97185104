using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Checks;

/// <summary>
/// Nobody waits for sound, and no play fails, while an honest source that is connected holds what is lacking and could
/// send it, and none of those is asked for it: the own cache, a node, or a peer that gives. Also not between two
/// attempts at a play. Slow lines are no fault: who is asked may take its time. Looked at once a second while a client
/// waits.
/// </summary>
internal sealed class LivenessCheck(SimClient client)
{
    /// <summary>
    /// More than any pause of the core's between two requests for what is needed now (2 s for a node and for a peer
    /// that refused, 6 s after a silence), and less than its patience, 20 s, after which a play fails.
    /// </summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(10);

    /// <summary>A play that fails must not have been left so for even this long.</summary>
    private static readonly TimeSpan MostBeforeFailure = TimeSpan.FromSeconds(5);

    /// <summary>A play must not fail before a node, which was there all the while, was asked for so long.</summary>
    private static readonly TimeSpan NodeTime = TimeSpan.FromSeconds(8);

    /// <summary>Who has been connected for less is no source that a play must not fail beside.</summary>
    private static readonly TimeSpan NewFor = TimeSpan.FromSeconds(10);

    /// <summary>Who refused is left alone for so long, at most.</summary>
    private static readonly TimeSpan RefusalLasts = TimeSpan.FromSeconds(4);

    /// <summary>Who was asked and sent nothing is left alone for so long, at most.</summary>
    private static readonly TimeSpan SilenceLasts = TimeSpan.FromSeconds(7);

    /// <summary>Who lacked the file and has fetched it since is not asked again for so long, at most.</summary>
    private static readonly TimeSpan LackLasts = TimeSpan.FromSeconds(6);

    /// <summary>Who has been asked for so long is no longer neglected: time begins anew if it is given up.</summary>
    private static readonly TimeSpan LeastAsked = TimeSpan.FromSeconds(1);

    private TimeSpan _neglected;
    private DeliveryFailure _failure;
    private Instant _failedAt;
    private PlayId _play;
    private int _track = -1;
    private uint _chunk;

    /// <summary>True while the client is among those that are looked at.</summary>
    public bool IsListed { get; set; }

    private Instant Now => client.Time.Now;

    private bool IsCutOff => client.AsleepUntil > Now.Ticks || client.Island.Until > Now.Ticks;

    /// <summary>Looks.</summary>
    /// <param name="since">Time since it looked last.</param>
    public void Look(TimeSpan since)
    {
        if (!client.Player.IsWaiting || IsCutOff || client.Playback.Current is not { } current)
        {
            Forget();
            return;
        }

        var (track, play) = (TrackLibrary.IndexOf(current.Sound), client.Plays.Current);

        // A click gives up what was asked for and begins anew.
        if (track != _track || (current.Id != _play && current.IsClick))
            Forget();

        _play = current.Id;

        // Nobody but the access point can open a track: who waits for it to come back is not waiting for these.
        if (play is null ? IsItsTurn() : play.Manifest is null)
            return;

        var manifest = client.Population.Tracks.ManifestOf(track);
        var chunk = play is null ? FirstLacking(track, manifest, current) : FirstLacking(track, manifest, play);
        if (chunk != _chunk || _track < 0)
            (_track, _chunk, _neglected, since) = (track, chunk, TimeSpan.Zero, TimeSpan.Zero);

        switch (FindSource(manifest, out var holder))
        {
            case Source.None:
                _neglected = TimeSpan.Zero;
                break;
            case Source.Neglected:
                _neglected += since;
                break;
            case Source.Asked:
                _neglected = TimeSpan.Zero;
                break;
        }

        if (_neglected < MostSilence)
            return;

        Report("is silent", current.Id, holder);
        _neglected = TimeSpan.Zero;
    }

    /// <summary>The core gave a play up that it could not get.</summary>
    public void Failed(SimPlay play)
    {
        (_failure, _failedAt) = (play.Failure, Now);
        if (play.Manifest is not { } manifest || play.Track != _track || IsCutOff
            || FirstLacking(_track, manifest, play) != _chunk)
            return;

        var source = FindSource(manifest, out var holder);
        if (source == Source.Neglected && _neglected >= MostBeforeFailure)
            Report("fails", play.Id, holder);
        else if (play.Failure == DeliveryFailure.NoSource && FindUntried(manifest) is { } untried)
            Report("fails", play.Id, untried);
    }

    // Once it has come back since, it is not what a play waits for.
    private bool IsItsTurn() => _failure switch
    {
        DeliveryFailure.NoSource => !client.Population.AccessPoint.HasSession(client),
        DeliveryFailure.AccessPointUnreachable => client.Access.WelcomedAt < _failedAt,
        _ => true,
    };

    private void Forget() => (_track, _chunk, _neglected) = (-1, 0, TimeSpan.Zero);

    // A full feed takes no more; what is waited for lies behind it.
    private uint FirstLacking(int track, Manifest manifest, SimPlay play) =>
        play.Ready < client.FeedWindow && client.Cache.Holds(track, play.Lacks)
            ? play.Lacks
            : FirstAbsent(track, manifest, play.Lacks);

    // Between two attempts there is no feed: it will be filled from where the sound goes on.
    private uint FirstLacking(int track, Manifest manifest, TrackPlay waiting) =>
        FirstAbsent(track, manifest, SeekPlan.For(manifest, waiting.PositionAt(Now)).Chunk);

    private uint FirstAbsent(int track, Manifest manifest, uint chunk)
    {
        while (chunk < manifest.ChunkCount && client.Cache.Holds(track, chunk))
            chunk++;

        return chunk;
    }

    /// <summary>How it stands with those who hold what is lacking, and which of them is neglected.</summary>
    private Source FindSource(Manifest manifest, out string holder)
    {
        holder = "its own cache";
        if (_chunk >= manifest.ChunkCount || client.Cache.Holds(_track, _chunk))
            return Source.Neglected;

        var found = Source.None;
        foreach (var end in client.Ends)
        {
            if (!CanSend(end, manifest.File))
                continue;

            // One that refused may be left alone, but it need not be: who was asked anew is asked.
            var traffic = SimPeerNetwork.TrafficOf(end);
            var askedSince = traffic.AskedSince(manifest.File, _chunk);
            if (askedSince != Instant.Never)
                return Now - askedSince >= LeastAsked ? Source.Asked : Source.Tried;

            if (MayBeLeftAlone(traffic, manifest.File))
            {
                found = found == Source.None ? Source.Tried : found;
                continue;
            }

            if (found != Source.Neglected)
                holder = NameOf(end.Peer.Host);

            found = Source.Neglected;
        }

        return found;
    }

    /// <summary>Who has been there for long and was not given the time to send; null when there is nobody.</summary>
    private string? FindUntried(Manifest manifest)
    {
        foreach (var end in client.Ends)
        {
            if (!CanSend(end, manifest.File) || Now - end.OpenedAt < NewFor)
                continue;

            // What was asked for was given up with the play.
            var traffic = SimPeerNetwork.TrafficOf(end);
            var (givenUpAt, silent) = traffic.LastGivenUp;
            var isTried = givenUpAt == Now
                ? end.Peer.Host is not SimNode || silent >= NodeTime
                : MayBeLeftAlone(traffic, manifest.File);
            if (!isTried)
                return NameOf(end.Peer.Host);
        }

        return null;
    }

    private bool CanSend(ConnectionEnd end, FileId file)
    {
        var host = end.Peer.Host;
        if (!end.IsOpen || end.Peer.IsClosed || host.AsleepUntil > Now.Ticks
            || client.SeparatedUntil(host, Now.Ticks) > 0)
            return false;

        return host is SimClient peer
            ? Gives(peer, SimPeerNetwork.TrafficOf(end), file)
            : host is SimNode { IsUp: true };
    }

    // Whole files are given, and what was offered of a file that is still being fetched.
    private bool Gives(SimClient peer, PeerTraffic traffic, FileId file)
    {
        if (!peer.IsHonest || peer.Status.Uploads.Hold != UploadHold.None
            || !peer.Cache.Holds(_track, _chunk))
            return false;

        return peer.Cache.HoldsWhole(_track)
            || (traffic.Offers(file, _chunk) && peer.Plays.FindTrack(_track) is { IsClosed: false });
    }

    // A peer that is asked whether it holds the file has not answered yet.
    private bool MayBeLeftAlone(PeerTraffic traffic, FileId file) => traffic.IsQuestioned(file)
        || IsWithin(RefusalLasts, traffic.RefusedAt)
        || IsWithin(SilenceLasts, traffic.GivenUpAt)
        || IsWithin(LackLasts, traffic.LackedAt(file, _chunk));

    private bool IsWithin(TimeSpan span, Instant since) => since != Instant.Never && Now - since < span;

    private static string NameOf(SimHost host) => $"{(host is SimNode ? "node" : "client")} {host.Number}";

    private void Report(string how, PlayId play, string holder) => client.Network.Violations.Broken(
        client.Number,
        $"seed {client.Network.Options.Seed}: play {play.Value} of client {client.Number} {how}: for "
        + $"{_neglected.TotalSeconds:F0} s it lacks chunk {_chunk} of track {_track}, nobody who could send it is "
        + $"asked, and {holder} has it");

    private enum Source
    {
        /// <summary>Nobody could send what is lacking.</summary>
        None,

        /// <summary>Who could has been asked just now, or was lately and did not.</summary>
        Tried,

        /// <summary>Who could is asked, and not just for a moment.</summary>
        Asked,

        /// <summary>Somebody could, and is not asked.</summary>
        Neglected,
    }
}
