using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Login;

/// <summary>The leave of a program from an access point that stands still.</summary>
public sealed class LoginSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly SilentAtLeave _silent = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _ending = new();
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync(
        new GrpcServerOptions { Address = "http://127.0.0.1:0" }, ServedService.Create(_silent, AccessPoint.BindService, new StrangerGate()));

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _ending.Dispose();
    }

    [Fact]
    public async Task Dispose_OnceTheProgramIsToEnd_WaitsForAPartOfASecond()
    {
        var session = await LogInAsync();
        await _ending.CancelAsync();

        await AssertLeavesAfterAsync(LoginSession.EndTimeout, session.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Dispose_ProgramIsToEndMeanwhile_WaitsForAPartOfASecondFromThen()
    {
        var session = await LogInAsync();
        var leaving = session.DisposeAsync().AsTask();
        await _silent.Left.WaitAsync(Patience);
        _time.Advance(LoginSession.EndTimeout);
        Assert.False(leaving.IsCompleted);

        await _ending.CancelAsync();
        await AssertLeavesAfterAsync(LoginSession.EndTimeout, leaving);
    }

    [Fact]
    public async Task Dispose_ProgramGoesOn_WaitsForTheAccessPointLonger()
    {
        var session = await LogInAsync();

        await AssertLeavesAfterAsync(LoginSession.LeaveTimeout, session.DisposeAsync().AsTask());
    }

    [Fact]
    public void EndTimeout_IsWithinHalfASecond() =>
        Assert.InRange(LoginSession.EndTimeout, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));

    private async Task AssertLeavesAfterAsync(TimeSpan timeout, Task leaving)
    {
        await _silent.Left.WaitAsync(Patience);
        _time.Advance(timeout - Instant);
        Assert.False(leaving.IsCompleted);
        _time.Advance(Instant);
        await leaving.WaitAsync(Patience);
    }

    private Task<LoginSession> LogInAsync() => LoginSession.OpenAsync(
        new EndpointChannelOptions { Address = _server.Addresses[0] }, new LoginRequest { Name = "somebody" },
        static _ => [], new CallOptions(cancellationToken: _ending.Token), _time);
}
