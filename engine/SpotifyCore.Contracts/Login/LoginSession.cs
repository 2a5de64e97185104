using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Login;

/// <summary>
/// A program's session at an access point, from its login until it is disposed of, which ends it there too. Safe for
/// many threads.
/// </summary>
public sealed class LoginSession : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    private LoginSession(EndpointChannel channel, Ticket ticket)
    {
        Channel = channel;
        Ticket = ticket;
    }

    /// <summary>Where calls of the session are made; the session's, not to be disposed of.</summary>
    public EndpointChannel Channel { get; }

    /// <summary>The ticket that came with the login.</summary>
    public Ticket Ticket { get; }

    /// <summary>Logs in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="request">As in <see cref="AccessPointLogin.LogInAsync"/>.</param>
    /// <param name="prove">As there.</param>
    /// <param name="options">Of the calls that it takes.</param>
    /// <exception cref="RpcException">Refused, or nobody there.</exception>
    public static async Task<LoginSession> OpenAsync(
        EndpointChannelOptions server, LoginRequest request, Func<byte[], byte[]> prove, CallOptions options)
    {
        var channel = new EndpointChannel(server);
        try
        {
            var reply = await new AccessPoint.AccessPointClient(channel).LogInAsync(request, prove, options);
            channel.Session = reply.Session;
            return new LoginSession(channel, reply.Ticket);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>Ends the session, here and, if it can be told, at the access point.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await new AccessPoint.AccessPointClient(Channel).LogOutAsync(
                new LogOutRequest(), deadline: EndpointChannel.In(LeaveTimeout));
        }
        catch (RpcException)
        {
            // It is gone, or could not be told: there, the session ends with its lifetime.
        }

        Channel.Dispose();
    }
}
