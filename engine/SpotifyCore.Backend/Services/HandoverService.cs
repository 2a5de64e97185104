using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of handover.proto, each method handed to those who answer it.</summary>
internal sealed class HandoverService(HandoverCalls calls) : Handover.HandoverBase
{
    public override Task<KeepPlaybackReply> KeepPlayback(KeepPlaybackRequest request, ServerCallContext context) =>
        calls.KeepAsync(request, context);

    public override Task<KeptPlayback> GetPlayback(GetPlaybackRequest request, ServerCallContext context) =>
        calls.GetAsync(context);
}
