using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulator.Sessions;

/// <summary>
/// Plays a recorded session on the simulated network, over the lines of tests/RealLines: homes of 8 Mbit/s down and
/// 1 Mbit/s up with 200 and 300 ms of buffer, 30 ms of round trip between any two; servers without limits, masters
/// beside them.
/// </summary>
internal sealed class SessionReplay
{
    private const double Down = 8e6 / 8;
    private const double Up = 1e6 / 8;
    private const double Unlimited = 1.25e9;
    private const int UpBuffer = (int)(Up * 0.3);
    private const int DownWindow = (int)(Down * (0.2 + 0.03));

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly World _world;
    private readonly List<SimClient> _desktops = [];
    private readonly List<string> _tracks = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<SessionPlay> _plays = [];

    /// <summary>Builds the homes and servers.</summary>
    public SessionReplay(IReadOnlyDictionary<string, double> tracks, int desktops, ulong seed)
    {
        _world = new World(new WorldOptions
        {
            Seed = seed,
            RoundTripWithin = RoundTrip,
            RoundTripBetween = RoundTrip,
            ModemBytes = UpBuffer,
            Window = new WindowOptions(WindowOptions.Default.InitialBytes, DownWindow),
        });
        foreach (var (track, seconds) in tracks.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            _indexes.Add(track, _world.Tracks.Add(TimeSpan.FromSeconds(seconds)));
            _tracks.Add(track);
        }

        for (var node = 0; node < 2; node++)
        {
            _world.AddStorageNode(new NodeSpec
            {
                UpBytesPerSecond = Unlimited,
                DownBytesPerSecond = Unlimited,
                MasterLatency = TimeSpan.FromMilliseconds(3),
                MasterBytesPerSecond = Unlimited,
            });
        }

        for (var desktop = 0; desktop < desktops; desktop++)
            _desktops.Add(_world.AddClient(new ClientSpec { DownBytesPerSecond = Down, UpBytesPerSecond = Up }));

        _world.PlayFinished += Finished;
    }

    /// <summary>What must always hold and did not.</summary>
    public int Violations => _world.Checks.Violations.Count;

    /// <summary>Does all that the listeners did; what came of it, in the order in which plays ended.</summary>
    public IReadOnlyList<SessionPlay> Run(IReadOnlyList<SessionStep> steps)
    {
        foreach (var desktop in _desktops)
            desktop.ComeOnline();

        _world.RunFor(Settling);
        var begin = _world.Now;
        foreach (var step in steps)
            _world.At(begin + TimeSpan.FromSeconds(step.At), () => Do(step));

        _world.RunUntil(begin + TimeSpan.FromSeconds(steps.Count == 0 ? 0 : steps.Max(step => step.At)) + Settling);
        return _plays;
    }

    private void Do(SessionStep step)
    {
        var desktop = _desktops[step.Desktop - 1];
        if (step.Do == "stop" || step.Tracks is not [var first, .. var rest])
        {
            desktop.Stop();
            return;
        }

        desktop.Play(_indexes[first]);
        foreach (var track in rest)
            desktop.Enqueue(_indexes[track]);
    }

    private void Finished(in PlayRecord record)
    {
        if (!record.IsCurrent)
            return;

        var bytes = record.Bytes;
        _plays.Add(new SessionPlay(
            _desktops.IndexOf(record.Client) + 1,
            _tracks[record.Track],
            record.Claimed.Cold,
            record.IsClick,
            record.Start?.TotalMilliseconds,
            new SessionBytes(
                bytes.Played(Tier.Cache),
                bytes.Played(Tier.Peers),
                bytes.Played(Tier.Production),
                bytes.Played(Tier.Master)),
            record.Stutters,
            record.IsComplete));
    }
}
