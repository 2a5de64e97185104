using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Login;

/// <summary>
/// A program's session at an access point, from its login until it is disposed of, which ends it there too. Safe for
/// many threads.
/// </summary>
public sealed class LoginSession : IAsyncDisposable
{
    /// <summary>So long the access point has to take leave.</summary>
    public static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    /// <summary>So long where the program is to end: whoever has it end sits before it.</summary>
    public static readonly TimeSpan EndTimeout = TimeSpan.FromMilliseconds(400);

    private readonly CancellationToken _ending;
    private readonly TimeProvider _time;

    private LoginSession(EndpointChannel channel, Ticket ticket, CancellationToken ending, TimeProvider time)
    {
        Channel = channel;
        Ticket = ticket;
        _ending = ending;
        _time = time;
    }

    /// <summary>Where calls of the session are made; the session's, not to be disposed of.</summary>
    public EndpointChannel Channel { get; }

    /// <summary>The ticket that came with the login.</summary>
    public Ticket Ticket { get; }

    /// <summary>Logs in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="request">As in <see cref="AccessPointLogin.LogInAsync"/>.</param>
    /// <param name="prove">As there.</param>
    /// <param name="options">Of the calls that it takes; the token is that of the program's end.</param>
    /// <param name="time">The clock of the leave; the system's when null.</param>
    /// <exception cref="RpcException">Refused, or nobody there.</exception>
    public static async Task<LoginSession> OpenAsync(
        EndpointChannelOptions server, LoginRequest request, Func<byte[], byte[]> prove, CallOptions options,
        TimeProvider? time = null)
    {
        var channel = new EndpointChannel(server);
        try
        {
            var reply = await new AccessPoint.AccessPointClient(channel).LogInAsync(request, prove, options);
            channel.Session = reply.Session;
            return new LoginSession(
                channel, reply.Ticket, options.CancellationToken, time ?? TimeProvider.System);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends the session, here and, if it can be told, at the access point: within <see cref="LeaveTimeout"/>, and within
    /// <see cref="EndTimeout"/> of the program's being ended.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        using var late = new CancellationTokenSource(LeaveTimeout, _time);
        await using var hurried = _ending.UnsafeRegister(
            static late => ((CancellationTokenSource)late!).CancelAfter(EndTimeout), late);
        try
        {
            await new AccessPoint.AccessPointClient(Channel).LogOutAsync(
                new LogOutRequest(), cancellationToken: late.Token);
        }
        catch (RpcException)
        {
            // It is gone, or could not be told: there, the session ends with its lifetime.
        }

        Channel.Dispose();
    }
}
