namespace SpotifyCore.Core.Actions;

/// <inheritdoc/>
internal sealed class ActionList<TAction> : IActionList
    where TAction : struct, IClientAction
{
    private TAction[] _actions = new TAction[4];
    private int _count;

    /// <summary>The actions, in the order in which they were added.</summary>
    public ReadOnlySpan<TAction> Actions => _actions.AsSpan(0, _count);

    /// <inheritdoc/>
    public IClientAction this[int index] => _actions[index];

    /// <summary>Appends an action; its place.</summary>
    public int Add(in TAction action)
    {
        if (_count == _actions.Length)
            Array.Resize(ref _actions, _count * 2);

        _actions[_count] = action;
        return _count++;
    }

    /// <inheritdoc/>
    public void CarryOut(int index, ClientPorts ports) => _actions[index].CarryOut(ports);

    /// <inheritdoc/>
    public void Clear()
    {
        _actions.AsSpan(0, _count).Clear();
        _count = 0;
    }
}
