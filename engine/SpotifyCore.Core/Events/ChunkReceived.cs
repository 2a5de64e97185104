using System.Runtime.InteropServices;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Events;

/// <summary>
/// A whole chunk came, put together from its pieces, in a slot that is lent for the length of <c>Handle</c>.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Message">The chunk as one message: offset 0, its own length and total.</param>
/// <param name="Slot">Where its bytes lie.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChunkReceived(ConnectionId Connection, PeerMessage Message, int Slot) : IClientEvent;
