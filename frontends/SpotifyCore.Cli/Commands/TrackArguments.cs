using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Cli.Commands;

/// <summary>Understands what a listener typed for tracks: ids, or words that find one.</summary>
internal static class TrackArguments
{
    /// <summary>The ids typed, or the id of the best hit of the words typed.</summary>
    public static async Task<IReadOnlyList<string>> ResolveAsync(
        Desktop.DesktopClient desktop, string[] typed, CancellationToken cancellationToken)
    {
        if (typed.All(text => TrackId.TryParse(text, out _)))
            return typed;

        var request = new SearchRequest { Query = string.Join(' ', typed), Limit = 1 };
        var reply = await desktop.SearchAsync(request, cancellationToken: cancellationToken);
        return reply.Tracks.Count > 0
            ? [reply.Tracks[0].Track_]
            : throw CallFailure.Of(StatusCode.NotFound, $"Nothing is called '{request.Query}'.");
    }
}
