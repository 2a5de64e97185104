namespace SpotifyCore.Core.Events;

/// <summary>
/// One thing that happened, as the runtime reports it to the core. The runtime hands events over one at a time, in the
/// order in which they happened, and executes the actions of one before it hands over the next. Each is a type of its
/// own, which the core goes by.
/// </summary>
/// <remarks>
/// An event that names a slot lends it for the length of <c>ClientCore.Handle</c>. If the actions returned name
/// it, the runtime keeps it until the last of them is done; else it is free again at once. At most 64 bytes each.
/// </remarks>
public interface IClientEvent;
