using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>Understands what a listener typed for tracks: ids, or words that find one.</summary>
internal static class TrackArguments
{
    /// <summary>The ids typed, or the id of the best hit of the words typed.</summary>
    public static async Task<IReadOnlyList<string>> ResolveAsync(
        RpcChannel channel, string[] typed, CancellationToken cancellationToken)
    {
        if (typed.All(text => TrackId.TryParse(text, out _)))
            return typed;

        var request = new SearchRequest { Query = string.Join(' ', typed), Limit = 1 };
        var reply = await channel.UnaryAsync(DesktopMethods.Search, request, cancellationToken);
        return reply.Tracks.Count > 0
            ? [reply.Tracks[0].Track_]
            : throw new RpcException(RpcStatusCode.NotFound, $"Nothing is called '{request.Query}'.");
    }
}
