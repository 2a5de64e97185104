using SpotifyCore.Core.Actions;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

/// <summary>What tests ask of actions.</summary>
internal static class ActionBufferExtensions
{
    /// <summary>All actions, in order.</summary>
    public static IClientAction[] ToArray(this ActionBuffer actions) =>
        [.. Enumerable.Range(0, actions.Count).Select(i => actions[i])];

    /// <summary>The messages sent, in order.</summary>
    public static PeerMessage[] Messages(this ActionBuffer actions) =>
        [.. actions.Of<SendMessage>().ToArray().Select(send => send.Message)];
}
