namespace SpotifyCore.Core.Actions;

/// <summary>
/// Collects what the core wants done, in order. The caller's: made once, cleared before each event. It grows while
/// it warms up and allocates nothing afterwards. A simulation shares one among all its cores.
/// </summary>
/// <param name="capacity">Actions it takes before it grows.</param>
public sealed class ActionBuffer(int capacity)
{
    // A list for each kind, so that a small action costs no more memory than it has; and in which order they came.
    private readonly IActionList?[] _lists = new IActionList?[IClientAction.Kinds];
    private Place[] _order = new Place[Math.Max(4, capacity)];

    /// <summary>Actions held.</summary>
    public int Count { get; private set; }

    /// <summary>An action, boxed: for who looks at all of them.</summary>
    public IClientAction this[int index] => ListAt(index)[_order[index].Index];

    /// <summary>
    /// The actions of one kind, in the order in which they were added. Valid until the next change.
    /// </summary>
    public ReadOnlySpan<TAction> Of<TAction>()
        where TAction : struct, IClientAction =>
        _lists[default(TAction).Kind] is ActionList<TAction> list ? list.Actions : default;

    /// <summary>Appends an action.</summary>
    public void Add<TAction>(in TAction action)
        where TAction : struct, IClientAction
    {
        if (Count == _order.Length)
            Array.Resize(ref _order, Count * 2);

        var kind = action.Kind;
        var list = (ActionList<TAction>)(_lists[kind] ??= new ActionList<TAction>());
        _order[Count++] = new Place(kind, list.Add(action));
    }

    /// <summary>Carries an action out.</summary>
    public void CarryOut(int index, ClientPorts ports)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        ListAt(index).CarryOut(_order[index].Index, ports);
    }

    /// <summary>Forgets all actions; the room stays.</summary>
    public void Clear()
    {
        for (var i = 0; i < Count; i++)
            ListAt(i).Clear();

        Count = 0;
    }

    private IActionList ListAt(int index) => _lists[_order[index].Kind]!;

    private readonly record struct Place(int Kind, int Index);
}
