using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Client.Running;

/// <summary>
/// Runs a client's core: hands it events, one at a time, and executes what it answers, over five ports, before
/// the next. One for production and simulations. On the client's loop only; a port whose answer is there at once
/// posts it there, and never raises it within the call.
/// </summary>
/// <param name="core">Decides.</param>
/// <param name="actions">Where the core's answers are collected; several runtimes of one thread may share it.</param>
/// <param name="clock">The time.</param>
/// <param name="failed">
/// Hears of an action whose port threw; the others are executed all the same. Null to let it through.
/// </param>
public sealed class ClientRuntime(
    ClientCore core, ActionBuffer actions, Func<Instant> clock, Action<IClientAction, Exception>? failed = null)
{
    private ClientPorts? _ports;
    private bool _isHandling;

    /// <summary>Now, on the clock of the core.</summary>
    public Instant Now => clock();

    /// <summary>How the core stands.</summary>
    public ClientCoreStatus Status => core.Status;

    /// <summary>What plays now.</summary>
    public PlaybackController Playback => core.Playback;

    /// <summary>Chunks from the first unused one that a play's feed takes.</summary>
    public int FeedWindow => core.FeedWindow;

    /// <summary>True while a node or a peer is connected.</summary>
    public bool HasSource => core.HasSource;

    /// <summary>False before it starts and once it has ended: events are ignored then.</summary>
    public bool IsRunning => _ports is not null;

    /// <summary>Begins to hand events over: before the first.</summary>
    /// <exception cref="InvalidOperationException">It has begun already.</exception>
    public void Start(ClientPorts ports) =>
        _ports = _ports is null ? ports : throw new InvalidOperationException("It runs already.");

    /// <summary>Ends: events are ignored from now on; what the one being handled led to is still executed.</summary>
    public void Stop() => _ports = null;

    /// <summary>Hands an event over. A slot that it names stays the caller's.</summary>
    /// <exception cref="InvalidOperationException">Another event is being handled.</exception>
    public void Raise<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        if (_ports is not { } ports)
            return;

        if (_isHandling)
            throw new InvalidOperationException($"{typeof(TEvent).Name} was raised while another event was handled.");

        _isHandling = true;
        try
        {
            actions.Clear();
            core.Handle(occurred, Now, actions);
            for (var i = 0; i < actions.Count; i++)
                CarryOut(i, ports);
        }
        finally
        {
            _isHandling = false;
        }
    }

    /// <summary>Copies what each neighbour was given and gave; how many were copied.</summary>
    public int CopyUploads(Span<PeerUpload> destination) => core.CopyUploads(destination);

    /// <summary>What a play used so far; null when the core does not know it (any more).</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => core.StatisticsOf(play);

    // One action that fails must not take the others with it: they belong to other connections and plays.
    private void CarryOut(int index, ClientPorts ports)
    {
        try
        {
            actions.CarryOut(index, ports);
        }
        catch (Exception unexpected) when (failed is not null)
        {
            failed(actions[index], unexpected);
        }
    }
}
