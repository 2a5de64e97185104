using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Harness.Tracks;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>
/// The queue of a client and the plays of it that are current and next: which begins, which follows, what the core is
/// told of them.
/// </summary>
internal sealed class ListenerDesk(SimClient client)
{
    private readonly LinkedList<int> _queue = new();
    private readonly List<SimPlay> _plays = new(capacity: 3);
    private SimPlay? _next;
    private LinkedListNode<int>? _nextEntry;
    private PlayId _announced;
    private long _numbered;

    /// <summary>What plays or is about to; null when nothing does.</summary>
    public SimPlay? Current { get; private set; }

    /// <summary>True while the core has a play.</summary>
    public bool HasPlays => _plays.Count > 0;

    /// <summary>Tracks that wait behind the current one.</summary>
    public int Waiting => _queue.Count;

    /// <summary>A play that the core has not forgotten; null for others.</summary>
    public SimPlay? Find(PlayId id)
    {
        foreach (var play in _plays)
        {
            if (play.Id == id)
                return play;
        }

        return null;
    }

    /// <summary>Plays a track in place of the queue.</summary>
    public PlayId Play(int track)
    {
        _queue.Clear();
        return Begin(track, entry: null, isClick: true).Id;
    }

    public void Enqueue(int track)
    {
        _queue.AddLast(track);
        if (Current is null)
            BeginFirst(isClick: true);
        else
            Announce();
    }

    /// <summary>Puts a track, or none, in place of all that waits.</summary>
    public void SetNext(int? track)
    {
        _queue.Clear();
        if (track is { } following)
            _queue.AddLast(following);

        Announce();
    }

    /// <summary>Goes to the next track by a click; stops when there is none.</summary>
    public void Skip()
    {
        if (_queue.Count > 0)
            BeginFirst(isClick: true);
        else
            Stop();
    }

    public void Stop()
    {
        _queue.Clear();
        client.Player.SetPlay(null);
        client.Driver.Raise(ClientEvent.Stop());
        Clear();
    }

    public void Seek(TimeSpan to)
    {
        if (Current is { } play)
            client.Driver.Raise(ClientEvent.Seek(play.Id, (long)(to.TotalSeconds * 48_000)));
    }

    public void SetPaused(bool paused)
    {
        if (paused == client.Player.IsPaused)
            return;

        client.Player.SetPaused(paused);
        if (Current is { } play)
            client.Driver.Raise(paused ? ClientEvent.Paused(play.Id) : ClientEvent.Resumed(play.Id));
    }

    /// <summary>The player has sounded all of the current play: what follows is current, for the core too.</summary>
    public void Ended(SimPlay play)
    {
        client.Driver.Advanced(play);
        if (Current != play)
            return;

        client.Player.SetPlay(null);
        var follows = _next is not null && _nextEntry == _queue.First ? _next : null;
        if (follows is not null)
        {
            _queue.RemoveFirst();
            Prepare(follows, isClick: false);
        }

        client.Driver.Raise(ClientEvent.PlayEnded(play.Id));
        if (Current != play)
            return;

        (Current, _next, _nextEntry, _announced) = (follows, null, null, PlayId.None);
        if (follows is null)
        {
            BeginFirst(isClick: false);
            return;
        }

        client.Player.SetPlay(follows);
        Announce();
    }

    /// <summary>The core gave a play up; it is closed next.</summary>
    public void Failed(PlayId id, DeliveryFailure failure)
    {
        if (Find(id) is { } play)
            play.Failure = failure;

        if (Current?.Id == id)
            client.Inbox.Post(PostKind.GoOn, id);
        else if (_next?.Id == id)
            (_next, _announced) = (null, PlayId.None);
    }

    /// <summary>What follows a play that failed.</summary>
    public void GoOn(PlayId failed)
    {
        if (Current?.Id != failed)
            return;

        client.Player.SetPlay(null);
        Current = null;
        if (_queue.Count > 0)
            BeginFirst(isClick: false);
        else
            Stop();
    }

    /// <summary>The core has forgotten a play.</summary>
    public void Closed(PlayId id, PlayStatistics bytes)
    {
        if (Find(id) is not { } play)
            return;

        if (client.Player.Plays(play))
            client.Player.SetPlay(null);

        _plays.Remove(play);
        client.World.Finish(play.ToRecord(client, bytes));
    }

    /// <summary>The program is gone: so are its plays.</summary>
    public void Forget()
    {
        client.Player.SetPlay(null);
        foreach (var play in _plays)
        {
            var bytes = client.Driver.StatisticsOf(play.Id) ?? new PlayStatistics();
            client.World.Finish(play.ToRecord(client, bytes));
        }

        _plays.Clear();
        _queue.Clear();
        Clear();
    }

    private void Clear() => (Current, _next, _nextEntry, _announced) = (null, null, null, PlayId.None);

    /// <summary>How the current play stands, for whoever looks into what went wrong.</summary>
    public string Describe() => Current is not { } play
        ? "nothing plays"
        : $"track {play.Track} of {play.Manifest?.ChunkCount} chunks, next {play.Next}, {play.Ready} ready, "
            + $"may sound: {play.MaySound}, in a chunk: {play.IsInChunk}, complete: {play.IsComplete}, "
            + $"failure: {play.Failure}, {client.Status}, {client.Ends.Count} ends";

    private void BeginFirst(bool isClick)
    {
        if (_queue.First is not { } entry)
            return;

        _queue.RemoveFirst();
        Begin(entry.Value, entry, isClick);
    }

    private SimPlay Begin(int track, LinkedListNode<int>? entry, bool isClick)
    {
        var play = entry is not null && entry == _nextEntry && _next is not null ? _next : Make(track);
        if (play == _next && play.Manifest is not null)
            play.Reposition(0, 0);

        play.MaySound = false;
        if (play.Id == _announced)
            _announced = PlayId.None;

        Prepare(play, isClick);
        client.Player.SetPlay(null);
        (Current, _next, _nextEntry) = (play, null, null);
        client.Driver.Raise(ClientEvent.Chosen(play.Id, TrackLibrary.TrackIdOf(track), paced: true));
        client.Player.SetPlay(play);
        if (client.Player.IsPaused)
            client.Driver.Raise(ClientEvent.Paused(play.Id));

        Announce();
        return play;
    }

    private void Prepare(SimPlay play, bool isClick) =>
        (play.Since, play.IsClick, play.IsCurrent) = (client.World.Now, isClick, true);

    /// <summary>Tells the core what follows, when that has changed.</summary>
    private void Announce()
    {
        var entry = Current is null ? null : _queue.First;
        if (entry == _nextEntry && (_next?.Id ?? PlayId.None) == _announced)
            return;

        (_nextEntry, _next) = (entry, entry is null ? null : Make(entry.Value));
        _announced = _next?.Id ?? PlayId.None;
        var track = entry is null ? default : TrackLibrary.TrackIdOf(entry.Value);
        client.Driver.Raise(ClientEvent.NextAnnounced(_announced, track, paced: true));
    }

    private SimPlay Make(int track)
    {
        var play = new SimPlay(new PlayId(++_numbered), track) { Since = client.World.Now };
        _plays.Add(play);
        return play;
    }
}
