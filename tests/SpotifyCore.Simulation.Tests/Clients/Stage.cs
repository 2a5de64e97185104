using SpotifyCore.Core.Delivery;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A world around one listener, whose plays it keeps. Nothing that must always hold may be broken in it.</summary>
internal sealed class Stage
{
    public Stage(Action<ClientCoreOptions>? configure = null, WorldOptions? options = null, ClientSpec? listener = null)
    {
        World = new World(options ?? new WorldOptions { ChecksAll = true });
        Listener = World.AddClient((listener ?? new ClientSpec()) with { Core = () => Options(configure) });
        World.PlayFinished += (in PlayRecord play) =>
        {
            if (play.Client == Listener)
                Plays.Add(play);
        };
    }

    public World World { get; }

    public SimClient Listener { get; }

    /// <summary>The listener's plays that are over.</summary>
    public List<PlayRecord> Plays { get; } = [];

    public SimNode AddNode(double bytesPerSecond = 1_000_000) =>
        World.AddStorageNode(new NodeSpec { HoldsAll = true, UpBytesPerSecond = bytesPerSecond });

    public int AddTrack(double seconds) => World.Tracks.Add(TimeSpan.FromSeconds(seconds));

    public long LengthOf(int track) => World.Tracks.LengthOf(track);

    /// <summary>Another client, online; it gives as fast as its line bears.</summary>
    public SimClient AddPeer(ClientSpec? spec = null)
    {
        var peer = World.AddClient(spec ?? new ClientSpec { UpBytesPerSecond = 250_000 });
        peer.ComeOnline();
        Run(1);
        return peer;
    }

    /// <summary>Another client that holds a track, or says so, as the tracker knows.</summary>
    public SimClient AddHolder(int track, ClientSpec? spec = null)
    {
        var peer = AddPeer(spec);
        World.Fill(peer, track, announced: true);
        return peer;
    }

    /// <summary>The listener's program starts, and is connected to a node where there is one.</summary>
    public void GoOnline()
    {
        Listener.ComeOnline();
        Run(2);
    }

    public void Run(double seconds)
    {
        World.RunFor(TimeSpan.FromSeconds(seconds));
        Assert.Empty(World.Checks.Violations);
    }

    /// <summary>Runs until something is so; false when that does not come.</summary>
    public bool RunUntil(Func<bool> isSo, double seconds)
    {
        for (var end = World.Now + TimeSpan.FromSeconds(seconds); !isSo() && World.Now < end;)
            Run(0.01);

        return isSo();
    }

    /// <summary>What came of the listener's play of a track, from a click to its end.</summary>
    public PlayRecord Play(int track)
    {
        Listener.Play(track);
        return Finish(track);
    }

    /// <summary>What came of the listener's latest play of a track, once it is over.</summary>
    public PlayRecord Finish(int track, double seconds = 1_800)
    {
        Assert.True(RunUntil(() => Plays.Exists(play => play.Track == track), seconds));
        return Plays.FindLast(play => play.Track == track);
    }

    /// <summary>It sounded to its end without a gap.</summary>
    public static void AssertHeard(in PlayRecord play) =>
        Assert.True(play is { IsComplete: true, Stutters: 0 }, $"{play}");

    /// <summary>Gives nothing while its own buffer is low, however long nothing has come for it.</summary>
    public static ClientCoreOptions Selfish() => Options(
        static core => core.Uploads.OwnBufferIdle = TimeSpan.FromHours(1));

    private static ClientCoreOptions Options(Action<ClientCoreOptions>? configure)
    {
        var options = new ClientCoreOptions();
        configure?.Invoke(options);
        return options;
    }
}
