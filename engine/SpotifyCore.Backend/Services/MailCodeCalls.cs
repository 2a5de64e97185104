using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Codes that are sent by mail: that an address is the account's, and a new password.</summary>
internal sealed class MailCodeCalls(
    ResetService resets, MailQueue mail, ProfileStore profiles, PeerDirectory peers, ILogger<MailCodeCalls> logger)
{
    public Task<SendVerificationReply> SendVerificationAsync(ServerCallContext call)
    {
        ThrowIfNoneIsSent();
        var account = CallerGate.SessionOf(call).Account;
        var profile = profiles.Find(account)
            ?? throw CallFailure.Of(StatusCode.Unauthenticated, "Log in again: the account is gone.");
        if (profile.Email.Length == 0 || profile.IsVerified)
        {
            throw CallFailure.Of(
                StatusCode.FailedPrecondition,
                profile.IsVerified ? "The address is verified already." : "The account has no address.");
        }

        ThrowIfToWait(
            mail.TryAsk(new MailWish(MailPurpose.Verification, profile.Account.Name))
                ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
        return Task.FromResult(new SendVerificationReply { Email = profile.Email });
    }

    public Task<VerifyEmailReply> VerifyAsync(VerifyEmailRequest request, ServerCallContext call)
    {
        var result = resets.Verify(request.Code, AddressOf(call));
        return Task.FromResult(new VerifyEmailReply { Name = NameOf(result) });
    }

    public Task<AskPasswordResetReply> AskAsync(AskPasswordResetRequest request, ServerCallContext call)
    {
        ThrowIfNoneIsSent();
        ThrowIfToWait(resets.Ask(request.Name, AddressOf(call)));
        return Task.FromResult(new AskPasswordResetReply());
    }

    public async Task<ResetPasswordReply> ResetAsync(ResetPasswordRequest request, ServerCallContext call)
    {
        try
        {
            var result = await resets.ResetAsync(
                request.Code, request.Password, AddressOf(call), call.CancellationToken);
            var name = NameOf(result);
            foreach (var session in result.Ended)
                peers.End(session);

            logger.PasswordReset(name, AddressOf(call));
            return new ResetPasswordReply { Name = name };
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }
    }

    private static IPAddress? AddressOf(ServerCallContext call) => call.GetHttpContext().Connection.RemoteIpAddress;

    private static string NameOf(CodeResult result)
    {
        ThrowIfToWait(result.Wait);
        return result.Account ?? throw CallFailure.Of(
            StatusCode.FailedPrecondition, "There is no such code, or it was used, or has expired.");
    }

    private static void ThrowIfToWait(TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            throw CallFailure.Of(
                StatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(wait.TotalSeconds)} s.");
    }

    private void ThrowIfNoneIsSent()
    {
        if (!mail.CanSend)
            throw CallFailure.Of(StatusCode.FailedPrecondition, "The access point sends no mail: ask its operator.");
    }
}
