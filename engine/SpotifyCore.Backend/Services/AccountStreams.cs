using System.Data.Common;
using Grpc.Core;
using SpotifyCore.Backend.Streams;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>
/// Has an account play on one device at a time, at whichever access points its devices are: tells those here that play from
/// which another one took the stream, and opens no track for one that does not have it. Safe for many threads.
/// </summary>
/// <param name="store">Who has the stream.</param>
/// <param name="isOne">False when accounts play on as many devices as they like.</param>
internal sealed class AccountStreams(StreamStore store, bool isOne)
{
    private readonly Lock _guard = new();

    // Those here that say that they play and were not told otherwise, by account.
    private readonly Dictionary<long, List<PlayingClient>> _playing = [];

    /// <summary>A client plays.</summary>
    /// <param name="presence">The client.</param>
    /// <param name="isResumed">True when nobody asked it to just now.</param>
    public void Play(LivePresence presence, bool isResumed)
    {
        if (!isOne)
            return;

        var taking = store.Take(presence.Session, isResumed ? StreamWish.PlayOn : StreamWish.Play);
        lock (_guard)
        {
            Forget(presence);
            if (taking.KeptBy is { } other)
            {
                Tell(presence, other);
                return;
            }

            Add(new PlayingClient(presence, taking.Number));
        }

        // Who took it after that and before this client stood here has told nobody of it.
        Look(presence.Session.Account.Id);
    }

    /// <summary>A client is online still: what it plays, it plays on.</summary>
    public void Renew(LivePresence presence)
    {
        long? number;
        lock (_guard)
            number = Find(presence)?.Number;

        if (number is { } held)
            store.Renew(presence.Session, held);
    }

    /// <summary>A client does not play any more.</summary>
    public void Stop(LivePresence presence)
    {
        PlayingClient? client;
        lock (_guard)
            client = Forget(presence);

        if (client is null)
            return;

        try
        {
            store.Release(presence.Session, client.Number);
        }
        catch (DbException)
        {
            // It is over by time.
        }
    }

    /// <summary>The client of a session opens a track to play it.</summary>
    /// <returns>True when it has the account's stream by that.</returns>
    /// <exception cref="RpcException">Another device has the stream, or this one took it too often.</exception>
    public bool Open(Session session, OpenReason reason)
    {
        if (!isOne)
            return false;

        var wish = reason switch
        {
            OpenReason.Wanted => StreamWish.Open,
            OpenReason.Paused => StreamWish.Prepare,
            _ => StreamWish.OpenOn,
        };
        var taking = store.Take(session, wish);
        if (taking.KeptBy is { } other)
            throw taking.IsTooOften ? PlaysElsewhere.TooOften(NameOf(other, session)) : PlaysElsewhere.Of(NameOf(other, session));

        if (taking.IsMoved)
            Look(session.Account.Id);

        return wish != StreamWish.Prepare;
    }

    /// <summary>Another access point says that an account's stream was taken; null for any account's.</summary>
    public void NoteTaken(long? account)
    {
        long[] playing;
        lock (_guard)
            playing = account is null ? [.. _playing.Keys] : [account.Value];

        foreach (var one in playing)
            Look(one);
    }

    /// <summary>Tells those of an account from which the stream was taken.</summary>
    private void Look(long account)
    {
        lock (_guard)
        {
            if (!_playing.ContainsKey(account))
                return;
        }

        if (store.Find(account) is not { } holder)
            return;

        lock (_guard)
        {
            // Who took it since this was read has a greater number.
            foreach (var client in _playing.GetValueOrDefault(account)?.FindAll(client => client.IsBehind(holder)) ?? [])
            {
                Forget(client.Presence);
                Tell(client.Presence, holder);
            }
        }
    }

    private void Add(PlayingClient client)
    {
        if (!_playing.TryGetValue(client.Presence.Session.Account.Id, out var clients))
            _playing[client.Presence.Session.Account.Id] = clients = [];

        clients.Add(client);
    }

    private PlayingClient? Find(LivePresence presence) =>
        _playing.GetValueOrDefault(presence.Session.Account.Id)?.Find(client => client.Presence == presence);

    private PlayingClient? Forget(LivePresence presence)
    {
        if (Find(presence) is not { } client)
            return null;

        var clients = _playing[presence.Session.Account.Id];
        clients.Remove(client);
        if (clients.Count == 0)
            _playing.Remove(presence.Session.Account.Id);

        return client;
    }

    // Who does not read what it is told has to come online anew, and hears it then.
    private static void Tell(LivePresence presence, StreamHolder holder)
    {
        var taken = new PlayingTaken { Device = NameOf(holder, presence.Session) };
        if (!presence.TryTell(new ServerNotice { Taken = taken }))
            presence.End();
    }

    // A program with an app password learns nothing of the account.
    private static string NameOf(StreamHolder holder, Session asking) => asking.IsForStreamingAlone ? "" : holder.Device;

    /// <summary>A client that says that it plays.</summary>
    /// <param name="Presence">The client.</param>
    /// <param name="Number">By which it took the stream.</param>
    private sealed record PlayingClient(LivePresence Presence, long Number)
    {
        /// <summary>Whether that device took the stream after it.</summary>
        public bool IsBehind(StreamHolder holder) => holder.Number > Number && !holder.Is(Presence.Session);
    }
}
