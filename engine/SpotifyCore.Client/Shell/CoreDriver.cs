using SpotifyCore.Client.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// Hands events to the core, one at a time, and carries out what it answers before the next. On the loop only;
/// whatever completes at once while actions are carried out posts its event instead of raising it.
/// </summary>
internal sealed class CoreDriver(ClientCore core, ShellGround ground)
{
    private ActionBuffer _actions = new(64);
    private bool _handling;

    /// <summary>Carries out each kind of action; set once, before the first event.</summary>
    public IActionCarrier Carrier { private get; set; } = null!;

    /// <summary>Now, on the clock of the core.</summary>
    public Instant Now => ground.Time.GetInstant();

    /// <summary>Hands an event over. If it names a slot, the caller's reference to it is given back here.</summary>
    public void Raise(in ClientEvent occurred)
    {
        if (_handling)
            throw new InvalidOperationException($"{occurred.Kind} was raised while another event was being handled.");

        _handling = true;
        try
        {
            _actions.Clear();
            core.Handle(occurred, Now, ref _actions);
            foreach (ref readonly var action in _actions.Actions)
                Carry(action);
        }
        finally
        {
            _handling = false;
            if (occurred.Slot != ClientEvent.NoSlot)
                ground.Slots.Release(occurred.Slot);
        }
    }

    /// <summary>Has something done once what is being handled is done; for what happens rarely.</summary>
    public void Post(Action action) => ground.Loop.Post(new PostedAction(action));

    /// <summary>How the core stands.</summary>
    public ClientCoreStatus Status => core.Status;

    /// <summary>True while a node or a peer is connected.</summary>
    public bool HasSource => core.HasSource;

    /// <summary>Copies what each neighbour was given and gave; how many were copied.</summary>
    public int CopyUploads(Span<PeerUpload> destination) => core.CopyUploads(destination);

    /// <summary>What a play used so far.</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => core.StatisticsOf(play);

    // One action that fails must not take the others with it: they belong to other connections and plays.
    private void Carry(in ClientAction action)
    {
        try
        {
            Carrier.Carry(action);
        }
        catch (Exception unexpected)
        {
            ClientLog.ActionFailed(ground.Logger, action.Kind, unexpected);
        }
    }
}
