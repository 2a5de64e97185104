using Grpc.Core;

namespace SpotifyCore.Contracts.Tests.Login;

/// <summary>An access point that lets everybody in and answers to no leave.</summary>
public sealed class SilentAtLeave : AccessPoint.AccessPointBase
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once somebody takes leave.</summary>
    public Task Left => _left.Task;

    public override Task<LoginChallenge> GetLoginChallenge(GetLoginChallengeRequest request, ServerCallContext context) =>
        Task.FromResult(new LoginChallenge());

    public override Task<LoginReply> Login(LoginRequest request, ServerCallContext context) =>
        Task.FromResult(new LoginReply { Session = "session", Ticket = new Ticket() });

    public override async Task<LogOutReply> LogOut(LogOutRequest request, ServerCallContext context)
    {
        _left.SetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return new LogOutReply();
    }
}
