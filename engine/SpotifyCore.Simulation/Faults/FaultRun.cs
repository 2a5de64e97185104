using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Faults;

/// <summary>
/// Runs a randomised schedule of faults among restless listeners, lets everything come to rest, and reports what did
/// not hold; ends early where something did not. Everything follows from the seed.
/// </summary>
public sealed class FaultRun
{
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(1);

    private readonly FaultOptions _options;
    private readonly World _world;
    private readonly FaultSource _faults;
    private readonly List<FaultListener> _listeners = [];
    private int _plays;
    private int _failed;
    private int _stuttering;
    private long _wrongBytes;

    /// <summary>Draws the world and the schedule.</summary>
    public FaultRun(FaultOptions options)
    {
        _options = options;
        var dice = new Dice(options.Seed);
        _world = FaultWorld.Make(options, dice);
        _world.PlayFinished += Count;
        foreach (var client in _world.Clients)
            _listeners.Add(new FaultListener(_world, client, dice));

        _faults = new FaultSource(_world, dice);
    }

    /// <summary>Runs it.</summary>
    public FaultResult Run()
    {
        foreach (var listener in _listeners)
            listener.Begin();

        _faults.Begin();
        var end = _world.Now + TimeSpan.FromHours(_options.Hours);
        while (_world.Now < end && _world.Checks.Violations.Count == 0)
            _world.RunUntil(Instant.Min(end, _world.Now + Stride));

        if (_world.Checks.Violations.Count == 0)
            ComeToRest();

        return new FaultResult(
            _options, _world.Trace, _world.Events, _plays, _failed, _stuttering, _wrongBytes, _world.Checks.Violations);
    }

    // Whoever listens finishes or stops, then nobody asks for anything, at last everybody leaves.
    private void ComeToRest()
    {
        foreach (var listener in _listeners)
            listener.IsAwake = false;

        _faults.Mend();
        _world.RunFor(TimeSpan.FromMinutes(6));
        foreach (var client in _world.Clients)
        {
            client.Stop();
            client.KeepOffline();
        }

        _world.RunFor(TimeSpan.FromMinutes(3));
        _world.Checks.LookForLeaks();
        foreach (var client in _world.Clients)
            client.GoOffline();

        // A remote peer that was lost without a word is given up once it has been silent for long enough.
        _world.RunFor(TimeSpan.FromMinutes(10));
        _world.Checks.LookForLeaks();
    }

    private void Count(in PlayRecord play)
    {
        _wrongBytes += play.Bytes.WrongBytes;
        if (!play.IsCurrent)
            return;

        _plays++;
        _failed += play.Failure == DeliveryFailure.None ? 0 : 1;
        _stuttering += play.Stutters > 0 ? 1 : 0;
    }
}
