using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Checks;

/// <summary>What must hold of one client whenever it is looked at: once a virtual second.</summary>
internal sealed class ClientChecks(SimClient client, ClientCoreOptions options)
{
    /// <summary>
    /// A play that neither sounds nor fails nor gets anything for so long hangs: far beyond the core's patience and a
    /// call's.
    /// </summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    private const int MostPosted = 2_048;

    private Instant _silentSince = Instant.Never;
    private PlayId _silentPlay;
    private long _got;
    private double _limitBefore;
    private bool _isCapped;
    private int _overdueBefore;
    private long _uploadsAllowed;
    private long _uploadedBefore = client.PacedBytes;

    /// <summary>Looks.</summary>
    /// <param name="since">Time since it looked last.</param>
    public void Look(TimeSpan since)
    {
        var (checks, status, host) = (client.Network.Violations, client.Status, client.Number);
        checks.Limit(status.Peers, options.Neighbours.HardLimit, "neighbours", host);
        var (inSlots, near) = (status.Uploads.Chunks - status.Uploads.Overdue, status.Uploads.NearChunks);
        checks.Limit(inSlots - near, options.Uploads.Slots, "uploads in slots", host);
        checks.Limit(near, options.Uploads.NearSlots, "uploads in slots of the same LAN", host);
        checks.Limit(status.Uploads.Waiting, options.Uploads.QueueLimit, "requests of peers waiting", host);
        checks.Limit(status.Requests, options.Downloads.RequestLimit, "requests", host);
        checks.Limit(client.Inbox.Count + client.Reports.Count, MostPosted, "things posted", host);
        checks.Limit(client.Ends.Count, client.MostConnections + options.Neighbours.HardLimit + 4, "connections", host);
        if (status.Requests > 0 && !client.Plays.HasOpen && !client.Keepings.HasOpen)
            checks.Broken(host, $"{status.Requests} requests outlive their plays");

        LookAtUploads(since, status.Uploads);
        LookAtSound();
    }

    // A bucket that fills at the cap, the higher of two looks when it is one that is found by measuring: it may have
    // fallen only now. Beside the bucket's own burst a chunk of each slot may have been under way, what was overdue, and
    // what became so since the last look: its slot was given on, and both may have left by now.
    private void LookAtUploads(TimeSpan since, in UploadStatus uploads)
    {
        var limit = uploads.LimitBytesPerSecond;
        var overdue = _overdueBefore;
        _overdueBefore = uploads.Overdue;
        var sent = client.PacedBytes - _uploadedBefore;
        _uploadedBefore = client.PacedBytes;
        var set = options.Uploads.MaxBytesPerSecond;
        var cap = set > 0 ? set : Math.Max(limit, _limitBefore);
        _limitBefore = limit;
        var burst = ((2L * options.Uploads.Slots + 1) * Manifest.ChunkSize) + (long)(cap * Burst.TotalSeconds);
        if (limit <= 0 || !_isCapped)
        {
            (_uploadsAllowed, _isCapped) = (burst, limit > 0);
            return;
        }

        var allowed = _uploadsAllowed + (long)(cap * since.TotalSeconds) + ((long)overdue * Manifest.ChunkSize);
        if (sent > allowed)
            client.Network.Violations.Broken(client.Number, $"{sent} paced bytes uploaded in {since}, {allowed} allowed");

        _uploadsAllowed = Math.Clamp(allowed - sent, 0, burst);
    }

    private void LookAtSound()
    {
        var now = client.Time.Now;
        var play = client.Playback.Current;
        var isBlocked = client.AsleepUntil > now.Ticks || client.Island.Until > now.Ticks;
        if (play is null || client.Player.IsRunning || client.Player.IsPaused || isBlocked || play.Id != _silentPlay
            || _got != GotBy(play))
        {
            (_silentPlay, _silentSince, _got) = (play?.Id ?? PlayId.None, now, GotBy(play));
            return;
        }

        if (now - _silentSince < HangsAfter)
            return;

        var silent = now - _silentSince;
        client.Network.Violations.Broken(
            client.Number,
            $"play {play.Id} neither sounds nor fails nor gets anything for {silent} ({client.Plays.Describe()})");
        _silentSince = now;
    }

    private long GotBy(TrackPlay? play)
    {
        if (play is null || client.Runtime.StatisticsOf(play.Id) is not { } bytes)
            return 0;

        return bytes.Fetched(Tier.Peers) + bytes.Fetched(Tier.Production) + bytes.Fetched(Tier.Master);
    }
}
