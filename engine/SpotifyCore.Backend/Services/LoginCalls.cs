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
using Session = SpotifyCore.Backend.Accounts.Session;

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
            Device = DeviceOf(request.Device), Kind = KindOf(request.DeviceKind), Needed = RoleOf(request.Role),
        };
        var result = await logins.LoginAsync(attempt, call.CancellationToken);
        if (result is not { Token: { } token, Session: { } session })
            throw Refuse(attempt, result, StatusCode.Unauthenticated, "Wrong name or password.");

        return Welcome(token, session, result.Replaced);
    }

    /// <summary>Has who asks under a session prove that the account is his, by its own password.</summary>
    /// <exception cref="RpcException">He does not.</exception>
    public async Task ProveOwnerAsync(LoginRequest request, ServerCallContext call)
    {
        var caller = CallerGate.SessionOf(call);
        var attempt = new LoginAttempt(
            request.Name, request.Password, Prove(request), call.GetHttpContext().Connection.RemoteIpAddress);
        ThrowIfOfAnotherClient(caller, attempt.Peer);
        if (AccountStore.Normalize(attempt.Name) != caller.Account.Name)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The proof is of another account than the session.");
        if (await logins.FindRefusalAsync(attempt, call.CancellationToken) is { } refusal)
            throw Refuse(attempt, refusal, StatusCode.InvalidArgument, "Wrong password.");
    }

    /// <summary>A proof is of the client whose session it goes with.</summary>
    public static void ThrowIfOfAnotherClient(Session session, PeerId proved)
    {
        if (proved != session.Peer)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The proof is of another client than the session.");
    }

    /// <summary>Ends what a session that was opened has replaced, and tells its client what it has.</summary>
    public LoginReply Welcome(string token, Session session, IReadOnlyList<byte[]> replaced)
    {
        foreach (var ended in replaced)
            peers.End(ended);

        logger.LoggedIn(session.Account.Name, session.Peer);
        var reply = new LoginReply
        {
            Session = token, Ticket = tickets.Issue(session), Keys = tickets.Publish(), Name = session.Account.Name,
        };
        reply.Roles.AddRange(RoleNames.List(session.Account.Roles));
        return reply;
    }

    public Task<TicketKeys> GetTicketKeysAsync() =>
        Task.FromResult(tickets.Publish());

    /// <summary>What a session is to be for.</summary>
    public static AccountRoles RoleOf(string name)
    {
        if (name.Length == 0)
            return AccountRoles.None;

        return RoleNames.TryParse(name, out var role)
            ? role
            : throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such role.");
    }

    /// <summary>What a client says that its device is.</summary>
    public static DeviceKind KindOf(DeviceKind kind) => Enum.IsDefined(kind)
        ? kind
        : throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such kind of device.");

    /// <summary>What a client calls its device.</summary>
    public static string DeviceOf(string name) => name.Length <= MaxDeviceLength
        ? PlainText.Of(name).Trim()
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

    private RpcException Refuse(LoginAttempt attempt, LoginResult result, StatusCode wrong, string reason)
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
        return CallFailure.Of(wrong, reason);
    }
}
