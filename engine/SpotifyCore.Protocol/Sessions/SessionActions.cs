using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>
/// What a session wants done, in order. Owned by the caller, who clears it; it stops allocating once grown.
/// </summary>
public sealed class SessionActions
{
    private SessionAction[] _actions = [];

    /// <summary>How many actions there are.</summary>
    public int Count { get; private set; }

    /// <summary>The action at <paramref name="index"/>.</summary>
    public ref readonly SessionAction this[int index] => ref _actions.AsSpan(0, Count)[index];

    /// <summary>The actions in order, valid until the next change.</summary>
    public ReadOnlySpan<SessionAction> AsSpan() => _actions.AsSpan(0, Count);

    /// <summary>Forgets all actions.</summary>
    public void Clear() => Count = 0;

    internal void Send(in PeerMessage message, int place = -1) =>
        Add(new(SessionActionKind.Send, message, place, false, ProtocolCode.None));

    internal void CheckTicket(in PeerMessage message) =>
        Add(new(SessionActionKind.CheckTicket, message, 0, false, ProtocolCode.None));

    internal void Opened() =>
        Add(new(SessionActionKind.Opened, default, 0, false, ProtocolCode.None));

    internal void Deliver(in PeerMessage message, int place = -1, bool ends = false) =>
        Add(new(SessionActionKind.Deliver, message, place, ends, ProtocolCode.None));

    internal void Close(ProtocolCode code) => Add(new(SessionActionKind.Close, default, 0, false, code));

    private void Add(in SessionAction action)
    {
        if (Count == _actions.Length)
            Array.Resize(ref _actions, Math.Max(2, Count * 2));

        _actions[Count++] = action;
    }
}
