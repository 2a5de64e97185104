using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.Services;

/// <summary>Sessions and tickets.</summary>
internal sealed class LoginCalls(
    LoginDesk desk,
    LoginChallenges challenges,
    TicketAuthority tickets,
    PeerDirectory peers,
    ILogger<LoginCalls> logger)
{
    public Task<LoginChallenge> GetLoginChallengeAsync() =>
        Task.FromResult(new LoginChallenge { Challenge = ByteString.CopyFrom(challenges.Issue()) });

    public async Task<LoginReply> LoginAsync(LoginRequest request, ServerCallContext call)
    {
        var peer = Prove(request);
        var address = call.GetHttpContext().Connection.RemoteIpAddress;
        var result = await desk.LoginAsync(request.Name, request.Password, peer, address, call.CancellationToken);
        if (result is not { Token: { } token, Session: { } session })
            throw Refuse(result.Wait, address);

        foreach (var replaced in result.Replaced)
            peers.End(replaced);

        logger.LoggedIn(session.Account.Name, peer);
        var reply = new LoginReply { Session = token, Ticket = tickets.Issue(session), Keys = tickets.Publish() };
        reply.Roles.AddRange(RoleNames.List(session.Account.Roles));
        return reply;
    }

    public Task<TicketKeys> GetTicketKeysAsync() =>
        Task.FromResult(tickets.Publish());

    /// <summary>The client's id, of whose key the request has a proof.</summary>
    private PeerId Prove(LoginRequest request)
    {
        if (!challenges.IsFresh(request.Challenge.Span))
            throw CallFailure.Of(
                StatusCode.FailedPrecondition,
                "Ask for a challenge first: this one is too old, or of another server.");

        if (!KeyProof.TryCheck(
            request.PeerKey.Span, request.Challenge.Span, request.Name, request.Proof.Span, out var peer))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The client's key is not proved.");

        // Only who proved a key uses a challenge up: nobody can spoil another's, and few are to be remembered.
        return challenges.TryUse(request.Challenge.Span)
            ? peer
            : throw CallFailure.Of(
                StatusCode.FailedPrecondition, "Ask for a challenge first: this one has been used.");
    }

    private RpcException Refuse(TimeSpan wait, IPAddress? address)
    {
        if (wait > TimeSpan.Zero)
        {
            logger.LoginThrottled(address, wait);
            return CallFailure.Of(
                StatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(wait.TotalSeconds)} s.");
        }

        logger.LoginFailed(address);
        return CallFailure.Of(StatusCode.Unauthenticated, "Wrong name or password.");
    }
}
