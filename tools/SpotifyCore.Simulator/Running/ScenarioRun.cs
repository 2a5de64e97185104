using System.Diagnostics;
using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulator.Chance;
using SpotifyCore.Simulator.Listening;
using SpotifyCore.Simulator.Scenarios;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Running;

/// <summary>One run of one scenario: builds the world, lets it live, adds up.</summary>
internal sealed class ScenarioRun
{
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(1);

    private readonly RunOptions _options;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Dictionary<SimClient, int> _indexes = [];
    private readonly List<SimulatedListener> _listeners = [];
    private readonly HolderIndex _holders = new();
    private readonly WorldBuilder _builder;
    private readonly World _world;
    private readonly SessionClock _clock;
    private CounterMark _mark;

    /// <summary>Builds the world.</summary>
    public ScenarioRun(RunOptions options)
    {
        _options = options;
        Model = options.Model().Make(options.Seed);
        _builder = new WorldBuilder(options, Model);
        _world = _builder.Build();
        _clock = new SessionClock(options.Begin, _world.Now);
        Meter = new RunMeter(options.From, options.To);
        Outage = new OutageMeter(options.Scenario.Disturbance);
        Floor = new OracleBound(_holders);
        _world.PlayFinished += Finished;
        Populate();
        Disturb();
    }

    /// <summary>The world's model, complete.</summary>
    public ListenerWorld Model { get; }

    /// <summary>What was measured.</summary>
    public RunMeter Meter { get; }

    /// <summary>What an outage did.</summary>
    public OutageMeter Outage { get; }

    /// <summary>What could have been done.</summary>
    public OracleBound Floor { get; }

    /// <summary>What went over the network in the time measured.</summary>
    public CounterMark Network { get; private set; }

    /// <summary>What must always hold and did not.</summary>
    public IReadOnlyList<Violation> Violations => _world.Checks.Violations;

    /// <summary>Hash over all events.</summary>
    public ulong Trace => _world.Trace;

    /// <summary>Events so far.</summary>
    public long Events => _world.Events;

    /// <summary>Seconds so far.</summary>
    public double WallSeconds => _watch.Elapsed.TotalSeconds;

    /// <summary>Clients that are online.</summary>
    public int Online => _holders.Clients.Count(client => client.IsOnline);

    /// <summary>
    /// Lives until the end, or until something did not hold; tells of its progress after each minute.
    /// </summary>
    public void Run(Action<TimeSpan, ScenarioRun> progress, CancellationToken cancellation)
    {
        for (var time = _options.Begin; time < _options.To && Violations.Count == 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            time += Stride;
            _world.RunUntil(_clock.InstantOf(time));
            if (time <= _options.From)
                _mark = CounterMark.Of(_world.Network);

            progress(time, this);
        }

        Network = CounterMark.Of(_world.Network) - _mark;
        _watch.Stop();
    }

    private void Populate()
    {
        var discovery = new Discovery(Model.Catalogue, Model.Model.Listening);
        var planner = new SessionPlanner(Model.Model.Listening, _options.Seed);
        foreach (var profile in Model.Clients)
        {
            var kept = Model.Model.KeptBy(profile);
            var listener = new Listener(profile.Index, discovery, Model.Model.Listening, kept, _options.Seed);
            var client = _builder.Add(_world, profile, listener.Library);
            _indexes.Add(client, profile.Index);
            _holders.Add(client, listener.Library.Tracks);
            var simulated = new SimulatedListener(_world, client, listener, _clock);
            simulated.Schedule(planner.Plan(profile.Index, _options.Begin, _options.To));
            _listeners.Add(simulated);
        }
    }

    private void Disturb()
    {
        if (_options.Scenario.Disturbance is not { } disturbance)
            return;

        if (disturbance.Kind == DisturbanceKind.Release)
        {
            Announce(disturbance);
            return;
        }

        foreach (var node in _world.Nodes)
        {
            _world.At(_clock.InstantOf(disturbance.At), node.Crash);
            _world.At(_clock.InstantOf(disturbance.At + disturbance.Length), node.Recover);
        }
    }

    private void Announce(Disturbance release)
    {
        var dice = Dice.Of(_options.Seed, DicePurpose.Faults, 1);
        foreach (var simulated in _listeners)
        {
            var at = release.At + (release.Length * dice.Unit());
            _world.At(_clock.InstantOf(at), () => simulated.TurnTo(_builder.Release));
        }
    }

    private void Finished(in PlayRecord record)
    {
        var index = _indexes[record.Client];
        var time = _clock.TimeOf(_world.Now);
        var played = BytesOf(record);
        var counts = time >= _options.From && time < _options.To;
        var others = Floor.Add(record, played, _world.Now, index, counts);
        Meter.Add(time, record, others);
        Outage.Add(_clock.TimeOf(record.Since), time, record);
        if (record.Client.Holds(record.Track))
            _holders.Note(index, record.Track);

        _listeners[index].Finished(record);
    }

    private static TierBytes BytesOf(in PlayRecord record)
    {
        var bytes = default(TierBytes);
        foreach (var tier in (ReadOnlySpan<Tier>)[Tier.Cache, Tier.Peers, Tier.Production, Tier.Master])
            bytes.Add(tier, record.Bytes.Played(tier));

        return bytes;
    }
}
