namespace SpotifyCore.Swarm.Events;

/// <summary>
/// Collects what the core wants done, in order. The caller's: made once, cleared before each event, passed by
/// reference. It grows while it warms up and allocates nothing afterwards. A simulation shares one among all its cores.
/// </summary>
/// <param name="capacity">Actions it takes before it grows.</param>
public struct ActionBuffer(int capacity)
{
    private ClientAction[] _actions = new ClientAction[Math.Max(4, capacity)];

    /// <summary>Actions held.</summary>
    public int Count { get; private set; }

    /// <summary>The actions, in the order in which they are to be carried out. Valid until the next change.</summary>
    public readonly ReadOnlySpan<ClientAction> Actions => _actions.AsSpan(0, Count);

    /// <summary>Appends an action.</summary>
    public void Add(in ClientAction action)
    {
        if (Count == _actions.Length)
            Array.Resize(ref _actions, Count * 2);

        _actions[Count++] = action;
    }

    /// <summary>Forgets all actions; the room stays.</summary>
    public void Clear()
    {
        _actions.AsSpan(0, Count).Clear();
        Count = 0;
    }
}
