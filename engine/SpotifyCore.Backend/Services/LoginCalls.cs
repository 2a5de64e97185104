using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.Services;

/// <summary>Sessions and tickets.</summary>
internal sealed class LoginCalls(
    LoginService logins,
    LoginChallenges challenges,
    SessionTickets tickets,
    PeerDirectory peers,
    ILogger<LoginCalls> logger)
{
    private const int MaxDeviceLength = 64;

    public Task<LoginChallenge> GetLoginChallengeAsync() =>
        Task.FromResult(new LoginChallenge { Challenge = ByteString.CopyFrom(challenges.Issue()) });

    public async Task<LoginReply> LoginAsync(LoginRequest request, ServerCallContext call)
    {
        var peer = Prove(request);
        var address = call.GetHttpContext().Connection.RemoteIpAddress;
        var attempt = new LoginAttempt(request.Name, request.Password, peer, address)
        {
            Device = DeviceOf(request), Kind = KindOf(request), Needed = RoleOf(request),
        };
        var result = await logins.LoginAsync(attempt, call.CancellationToken);
        if (result is not { Token: { } token, Session: { } session })
            throw Refuse(attempt, result);

        foreach (var replaced in result.Replaced)
            peers.End(replaced);

        logger.LoggedIn(session.Account.Name, peer);
        var reply = new LoginReply
        {
            Session = token, Ticket = tickets.Issue(session), Keys = tickets.Publish(), Name = session.Account.Name,
        };
        reply.Roles.AddRange(RoleNames.List(session.Account.Roles));
        return reply;
    }

    public Task<TicketKeys> GetTicketKeysAsync() =>
        Task.FromResult(tickets.Publish());

    private static AccountRoles RoleOf(LoginRequest request)
    {
        if (request.Role.Length == 0)
            return AccountRoles.None;

        return RoleNames.TryParse(request.Role, out var role)
            ? role
            : throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such role.");
    }

    private static DeviceKind KindOf(LoginRequest request) => Enum.IsDefined(request.DeviceKind)
        ? request.DeviceKind
        : throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such kind of device.");

    private static string DeviceOf(LoginRequest request) => request.Device.Length <= MaxDeviceLength
        ? PlainText.Of(request.Device).Trim()
        : throw CallFailure.Of(
            StatusCode.InvalidArgument, $"The device's name is over {MaxDeviceLength} characters.");

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

    private RpcException Refuse(LoginAttempt attempt, LoginResult result)
    {
        if (result.Wait > TimeSpan.Zero)
        {
            logger.LoginThrottled(attempt.Address, result.Wait);
            return CallFailure.Of(
                StatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(result.Wait.TotalSeconds)} s.");
        }

        if (result.Missing != AccountRoles.None)
        {
            return CallFailure.Of(
                StatusCode.PermissionDenied,
                $"The account {AccountStore.Normalize(attempt.Name)} may not {RoleNames.DeedsOf(result.Missing)}.");
        }

        logger.LoginFailed(attempt.Address);
        return CallFailure.Of(StatusCode.Unauthenticated, "Wrong name or password.");
    }
}
