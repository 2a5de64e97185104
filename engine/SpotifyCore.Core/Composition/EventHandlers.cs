using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Composition;

/// <summary>
/// Which part of the core takes in which event, and how much of what is looked after the event can have changed: one
/// line a type of event, by who raises it.
/// </summary>
internal static class EventHandlers
{
    static EventHandlers()
    {
        AddListener();
        AddPlayer();
        AddChunkStore();
        AddPeerNetwork();
        AddAccessPoint();
        On<Woken>(MaintenanceScope.Links, static (core, in _, now, actions) =>
        {
            core.Maintenance.Woken(now, actions);
            core.Playback.Woken(now, actions);
        });
    }

    private delegate void Handler<TEvent>(ClientCore core, in TEvent occurred, Instant now, ActionBuffer actions);

    private delegate MaintenanceScope Scope<TEvent>(in TEvent occurred);

    /// <summary>Has a core take an event in.</summary>
    /// <returns>How much of what is looked after it can have changed.</returns>
    /// <exception cref="NotSupportedException">The core knows no such event.</exception>
    public static MaintenanceScope Handle<TEvent>(
        ClientCore core, in TEvent occurred, Instant now, ActionBuffer actions)
        where TEvent : struct, IClientEvent
    {
        if (Of<TEvent>.Handler is not { } handler)
            throw new NotSupportedException($"The core takes in no {typeof(TEvent)}.");

        handler(core, occurred, now, actions);
        return Of<TEvent>.Scope(occurred);
    }

    private static void AddListener()
    {
        On<TracksChosen>(MaintenanceScope.Links, static (core, in chosen, now, actions) =>
            core.Playback.Choose(chosen.Tracks, chosen.Seed, chosen.ClickedAt, now, actions));
        On<PlaybackTakenOver>(MaintenanceScope.Links, static (core, in taken, now, actions) =>
            core.Playback.TakeOver(taken.Snapshot, taken.ClickedAt, now, actions));
        On<TracksAppended>(MaintenanceScope.Links, static (core, in appended, now, actions) =>
            core.Playback.Append(appended.Tracks, appended.ClickedAt, now, actions));
        On<TracksInserted>(MaintenanceScope.Links, static (core, in inserted, now, actions) =>
            core.Playback.Insert(inserted.Tracks, inserted.ClickedAt, now, actions));
        On<EntriesRemoved>(MaintenanceScope.Links, static (core, in removed, now, actions) =>
            core.Playback.Remove(removed.Entries, removed.ClickedAt, now, actions));
        On<EntryChosen>(MaintenanceScope.Links, static (core, in chosen, now, actions) =>
            core.Playback.Jump(chosen.Entry, chosen.ClickedAt, now, actions));
        On<EntryMoved>(MaintenanceScope.Links, static (core, in moved, now, actions) =>
            core.Playback.Move(moved.Entry, moved.Place, now, actions));
        On<QueueCleared>(MaintenanceScope.Links, static (core, in _, now, actions) =>
            core.Playback.KeepCurrent(now, actions));
        On<SkipRequested>(MaintenanceScope.Links, static (core, in skip, now, actions) =>
            core.Playback.Skip(skip.ClickedAt, now, actions));
        On<BackRequested>(MaintenanceScope.Links, static (core, in back, now, actions) =>
            core.Playback.GoBack(back.ClickedAt, now, actions));
        On<SeekRequested>(MaintenanceScope.Links, static (core, in seek, now, actions) =>
            core.Playback.Seek(seek.Play, seek.Sample, now, actions));
        On<PauseRequested>(MaintenanceScope.Links, static (core, in _, now, actions) =>
            core.Playback.Pause(now, actions));
        On<ResumeRequested>(MaintenanceScope.Links, static (core, in _, now, actions) =>
            core.Playback.Resume(now, actions));
        On<StreamTaken>(MaintenanceScope.Links, static (core, in _, now, actions) =>
            core.Playback.Yield(now, actions));
        On<PlaybackStopped>(MaintenanceScope.Links, static (core, in _, now, actions) =>
            core.Playback.Stop(now, actions));
        On<PlaybackRestored>(MaintenanceScope.Links, static (core, in restored, now, actions) =>
            core.Playback.Restore(restored.Snapshot, now, actions));
        On<RepeatChosen>(MaintenanceScope.Links, static (core, in chosen, now, actions) =>
            core.Playback.SetRepeat(chosen.Repeat, now, actions));
        On<ShuffleChosen>(MaintenanceScope.Links, static (core, in chosen, now, actions) =>
            core.Playback.Shuffle(chosen.IsShuffled, chosen.Seed, now, actions));
        On<VolumeChosen>(MaintenanceScope.Uploads, static (core, in chosen, _, actions) =>
            core.Playback.SetVolume(chosen.Percent, actions));
        On<CrossfadeChosen>(MaintenanceScope.Fetching, static (core, in chosen, _, actions) =>
            core.Playback.SetCrossfade(chosen.Length, actions));
    }

    private static void AddPlayer()
    {
        On<PlaySounding>(MaintenanceScope.Links, static (core, in sounding, now, _) =>
            core.Playback.Sounding(sounding.Play, sounding.At, now));
        On<PlaybackAdvanced>(MaintenanceScope.Fetching, static (core, in advanced, now, _) =>
            core.Playback.Advance(advanced, now));
        On<SilenceChanged>(MaintenanceScope.Uploads, static (core, in changed, now, _) =>
            core.Playback.SetSilent(changed.Play, changed.IsSilent, now));
        On<PlayStuttered>(MaintenanceScope.Uploads, static (core, in stuttered, _, _) =>
            core.Playback.Stuttered(stuttered.Play));
        On<PlayEnded>(MaintenanceScope.Links, static (core, in ended, now, actions) =>
            core.Playback.Ended(ended, now, actions));
        On<PlayFailed>(MaintenanceScope.Links, static (core, in failed, now, actions) =>
            core.Playback.Failed(failed.Play, failed.At, now, actions));
        On<OutputFailed>(MaintenanceScope.Links, static (core, in failed, now, actions) =>
            core.Playback.OutputFailed(failed.Play, now, actions));
        On<OutputDrained>(MaintenanceScope.Uploads, static (core, in _, _, _) => core.Playback.Drained());
    }

    private static void AddChunkStore()
    {
        On<PresenceKnown>(MaintenanceScope.Links, static (core, in known, now, actions) =>
            core.Plays.Present(known.Play, known.Present.Span, now, actions));
        On<CacheRead>(MaintenanceScope.Feeds, static (core, in read, _, actions) => core.CacheRead(read, actions));
        On<CacheMissed>(MaintenanceScope.Fetching, static (core, in missed, _, _) =>
            core.CacheMissed(missed.Play, missed.Chunk));
        On<ChunkStored>(
            static (in stored) => stored.IsStored ? MaintenanceScope.Feeds : MaintenanceScope.Fetching,
            static (core, in stored, now, actions) => core.ChunkStored(stored, now, actions));
        On<HeldAnswered>(MaintenanceScope.Uploads, static (core, in answered, now, actions) =>
            core.HeldAnswered(answered, now, actions));
        On<OfflineWanted>(MaintenanceScope.Links, static (core, in wanted, now, actions) =>
            core.Offline.Want(wanted.Tracks, now, actions));
        On<KeptOpened>(MaintenanceScope.Links, static (core, in opened, now, actions) =>
        {
            core.UseNodes(opened.Track.Nodes, now, actions);
            core.Offline.Opened(opened, now, actions);
        });
        On<KeptFailed>(MaintenanceScope.Links, static (core, in failed, now, _) =>
            core.Offline.Failed(failed.Keeping, failed.Failure, now));
        On<ChunkKept>(MaintenanceScope.Fetching, static (core, in kept, now, actions) =>
            core.Offline.Stored(kept, now, actions));
        On<KeepingEnded>(MaintenanceScope.Fetching, static (core, in ended, _, actions) =>
            core.Offline.Ended(ended, actions));
    }

    private static void AddPeerNetwork()
    {
        On<ConnectionOpened>(MaintenanceScope.Links, static (core, in opened, now, actions) =>
            core.ConnectionOpened(opened, now, actions));
        On<ConnectionFailed>(MaintenanceScope.Links, static (core, in failed, now, actions) =>
            core.Links.Over(failed.Connection, misbehaved: false, now, actions));
        On<ConnectionClosed>(MaintenanceScope.Links, static (core, in closed, now, actions) =>
            core.Links.Over(closed.Connection, closed.Misbehaved, now, actions));
        On<MessageReceived>(
            static (in received) => Maintenance.ScopeOf(received.Message.Kind),
            static (core, in received, now, actions) =>
                core.Links.Received(received.Connection, received.Message, now, actions));
        On<ChunkReceived>(MaintenanceScope.Fetching, static (core, in received, now, actions) =>
            core.Links.ChunkReceived(received, now, actions));
        On<PartReceived>(MaintenanceScope.Fetching, static (core, in received, now, actions) =>
            core.Links.PartReceived(received, now, actions));
        On<HitReceived>(MaintenanceScope.Links, static (core, in received, now, actions) =>
            core.Links.HitReceived(received, now, actions));
        On<ChunkSent>(MaintenanceScope.Uploads, static (core, in sent, now, actions) =>
            core.ChunkSent(sent, now, actions));
        On<ChunkHeldUp>(MaintenanceScope.Uploads, static (core, in held, now, actions) =>
            core.ChunkHeldUp(held.Connection, held.Since, now, actions));
        On<LineChanged>(MaintenanceScope.Links, static (core, in changed, _, _) =>
            core.Parts.Neighbourhood.Line = changed.Line);
        On<LineDelayMeasured>(MaintenanceScope.Uploads, static (core, in measured, now, _) =>
            core.Parts.Uploads.NoteDelay(measured.Delay, now));
        On<MonthCounted>(MaintenanceScope.Uploads, static (core, in counted, now, actions) =>
            core.Parts.Uploads.CountMonth(counted.Bytes, now, actions));
    }

    private static void AddAccessPoint()
    {
        On<NodesKnown>(MaintenanceScope.Links, static (core, in known, now, actions) =>
        {
            core.UseNodes(known.Nodes, now, actions);
            core.Offline.CameOnline(now);
            core.Playback.CameOnline(now, actions);
        });
        On<AccountChanged>(MaintenanceScope.Uploads, static (core, in changed, _, _) =>
            core.Playback.ChangeAccount(changed.IsAnother));
        On<TrackOpened>(MaintenanceScope.Links, static (core, in opened, now, actions) =>
        {
            core.UseNodes(opened.Track.Nodes, now, actions);
            core.Playback.Opened(opened, now, actions);
        });
        On<AdvertDue>(MaintenanceScope.Links, static (core, in due, now, actions) =>
            core.Playback.AdvertIsDue(due, now, actions));
        On<TrackOpenFailed>(MaintenanceScope.Links, static (core, in failed, now, actions) =>
            core.Playback.OpenFailed(failed.Play, failed.Failure, now, actions));
        On<HeldChecked>(MaintenanceScope.Links, static (core, in held, now, actions) =>
            core.Playback.Held(held.Track, held.IsHeld, now, actions));
        On<PeersFound>(MaintenanceScope.Links, static (core, in found, now, actions) =>
        {
            core.Plays.PeersFound(found.File, found.Peers, now, actions);
            core.Offline.PeersFound(found.File, found.Peers, now, actions);
        });
        On<ReverseRequested>(MaintenanceScope.Links, static (core, in asked, now, actions) =>
            core.Parts.Recruiting.GrantReverse(asked.Peer, now, actions));
    }

    private static void On<TEvent>(MaintenanceScope scope, Handler<TEvent> handler)
        where TEvent : struct, IClientEvent => On((in _) => scope, handler);

    private static void On<TEvent>(Scope<TEvent> scope, Handler<TEvent> handler)
        where TEvent : struct, IClientEvent => (Of<TEvent>.Scope, Of<TEvent>.Handler) = (scope, handler);

    private static class Of<TEvent>
        where TEvent : struct, IClientEvent
    {
        public static Handler<TEvent>? Handler { get; set; }

        public static Scope<TEvent> Scope { get; set; } = null!;
    }
}
