namespace SpotifyCore.Core.Actions;

/// <summary>The actions of one kind in an <see cref="ActionBuffer"/>.</summary>
internal interface IActionList
{
    /// <summary>One of them, boxed.</summary>
    IClientAction this[int index] { get; }

    /// <summary>Carries one out.</summary>
    void CarryOut(int index, ClientPorts ports);

    /// <summary>Forgets all; the room stays.</summary>
    void Clear();
}
