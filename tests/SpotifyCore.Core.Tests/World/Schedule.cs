using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Core.Tests.World;

/// <summary>
/// A world and a listener made of one number: hosts that crash, lie, stall and recover; seeks, pauses and skips.
/// </summary>
public sealed class Schedule
{
    private SeededRandom _random;

    public Schedule(ulong seed)
    {
        _random = new SeededRandom(seed);
        World = new NetWorld(options => options.Seed = seed, paced: Chance(80));
        Tracks = [.. Enumerable.Range(1, 3).Select(AddTrack)];
        var nodes = 1 + Pick(2);
        for (var i = 0; i < nodes; i++)
            AddNode(crashes: i == 0);

        var peers = Pick(7);
        for (var i = 0; i < peers; i++)
            AddPeer();

        if (Chance(30))
            World.WakesEarly = TimeSpan.FromTicks(1 + Pick(20_000));

        if (Chance(15))
            World.Cache.Limit = 20 + Pick(60);

        for (var i = Pick(6); i > 0; i--)
            At(Disturb);
    }

    public NetWorld World { get; }

    public TestTrack[] Tracks { get; }

    /// <summary>Plays the three tracks one after the other; false when one did not come to its end.</summary>
    public bool Play()
    {
        if (Chance(70))
            World.GoOnline();

        World.Choose(new PlayId(1), Tracks[0]);
        World.Announce(new PlayId(2), Tracks[1]);
        if (!Ended(1))
            return false;

        World.Announce(new PlayId(3), Tracks[2]);
        if (Chance(40))
            World.Clock.After(TimeSpan.FromSeconds(Pick(30)), SkipToLast);

        return Ended(3);
    }

    private TestTrack AddTrack(int number) =>
        World.AddTrack(number, seconds: 30 + (Pick(6) * 15), Chance(50) ? 160_000 : 96_000);

    private void SkipToLast()
    {
        if (!World.Closed.ContainsKey(new PlayId(2)))
            World.Choose(new PlayId(3), Tracks[2]);
    }

    private bool Ended(long play)
    {
        var ended = World.RunToEnd(new PlayId(play), TimeSpan.FromMinutes(20));
        return ended && World.Failures.Count == 0;
    }

    private void AddNode(bool crashes)
    {
        var node = World.AddNode();
        node.Latency = TimeSpan.FromMilliseconds(5 + Pick(80));
        node.BytesPerSecond = 60_000 + (Pick(20) * 50_000);
        if (Chance(20))
            node.Thinks = TimeSpan.FromMilliseconds(Pick(2_000));

        for (var start = Pick(20); crashes && start < 300; start += 15 + Pick(60))
        {
            At(node.Crash, start);
            At(node.Recover, start + 1 + Pick(5));
        }
    }

    private void AddPeer()
    {
        var peer = World.AddPeer();
        peer.Latency = TimeSpan.FromMilliseconds(2 + Pick(150));
        peer.BytesPerSecond = 4_000 << Pick(8);
        peer.Holds = Chance(80);
        peer.Promises = Chance(30);
        peer.Lies = Chance(15);
        peer.IsSilent = Chance(15);
        peer.IsBusy = Chance(10);
        At(() => peer.IsSilent = !peer.IsSilent);
        At(() => peer.IsBusy = false);
        if (Chance(30))
            At(peer.Crash);

        if (Chance(20))
            At(() => World.Accept(peer));
    }

    private void Disturb()
    {
        var play = new PlayId(1 + Pick(3));
        switch (Pick(4))
        {
            case 0:
                World.Seek(play, TimeSpan.FromSeconds(Pick(100)));
                break;
            case 1:
                for (var i = 0; i < 12; i++)
                    World.Seek(play, TimeSpan.FromMilliseconds(Pick(100_000)));

                break;
            case 2:
                World.SetPaused(play, true);
                World.Clock.After(TimeSpan.FromSeconds(Pick(40)), () => World.SetPaused(play, false));
                break;
            default:
                World.Drop(new ConnectionId(1 + Pick(6)));
                break;
        }
    }

    private void At(Action action) => At(action, Pick(120));

    private void At(Action action, int seconds) =>
        World.Clock.After(TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks(Pick(10_000_000)), action);

    private int Pick(int count) => (int)(_random.Next() % (uint)count);

    private bool Chance(int percent) => Pick(100) < percent;
}
