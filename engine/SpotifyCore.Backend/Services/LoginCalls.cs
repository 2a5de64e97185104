using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>Sessions and tickets.</summary>
internal sealed class LoginCalls(
    LoginDesk desk, SessionStore sessions, TicketAuthority tickets, ILogger<LoginCalls> logger)
{
    public async Task<LoginReply> LoginAsync(LoginRequest request, RpcServerCall call)
    {
        if (request.PeerId.Length != PeerId.Size)
            throw new RpcException(
                RpcStatusCode.InvalidArgument, $"The peer id has {request.PeerId.Length} bytes, not {PeerId.Size}.");

        var peer = PeerId.Read(request.PeerId.Span);
        var address = (call.RemoteEndPoint as IPEndPoint)?.Address;
        var result = await desk.LoginAsync(request.Name, request.Password, peer, address, call.Cancellation);
        if (result is not { Token: { } token, Session: { } session })
            throw Refuse(result.Wait, address);

        logger.LoggedIn(session.Account.Name, peer);
        var reply = new LoginReply { Session = token, Ticket = tickets.Issue(session), Keys = tickets.Publish() };
        reply.Roles.AddRange(RoleNames.List(session.Account.Roles));
        return reply;
    }

    public Task<TicketKeys> GetTicketKeysAsync(GetTicketKeysRequest request, RpcServerCall call) =>
        Task.FromResult(tickets.Publish());

    public Task<Rpc.Contracts.Ticket> RefreshTicketAsync(RefreshTicketRequest request, RpcServerCall call)
    {
        var session = CallerGate.SessionOf(call);
        return sessions.Extend(session)
            ? Task.FromResult(tickets.Issue(session))
            : throw new RpcException(RpcStatusCode.Unauthenticated, "Log in again: the session has expired.");
    }

    private RpcException Refuse(TimeSpan wait, IPAddress? address)
    {
        if (wait > TimeSpan.Zero)
        {
            logger.LoginThrottled(address, wait);
            return new RpcException(
                RpcStatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(wait.TotalSeconds)} s.");
        }

        logger.LoginFailed(address);
        return new RpcException(RpcStatusCode.Unauthenticated, "Wrong name or password.");
    }
}
