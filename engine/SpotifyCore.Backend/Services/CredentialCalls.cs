using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What an account's owner changes of how he comes in; he has proved that he is.</summary>
internal sealed class CredentialCalls(
    AccountStore accounts, HashingQueue hashing, MailQueue mail, PeerDirectory peers, ILogger<CredentialCalls> logger)
{
    public async Task<ChangePasswordReply> ChangePasswordAsync(ChangePasswordRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var address = call.GetHttpContext().Connection.RemoteIpAddress;
        IReadOnlyList<byte[]> ended = [];
        try
        {
            if (!await hashing.RunAsync(
                address, () => ended = accounts.ChangePassword(session, request.Password), call.CancellationToken))
                throw CallFailure.Of(StatusCode.ResourceExhausted, "Too many tries: wait 1 s.");
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }

        foreach (var one in ended)
            peers.End(one);

        logger.PasswordChanged(session.Account.Name, address, ended.Count);
        return new ChangePasswordReply { Ended = ended.Count };
    }

    public async Task<ChangeEmailReply> ChangeEmailAsync(ChangeEmailRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var former = Change(session, request.Email)
            ?? throw CallFailure.Of(StatusCode.FailedPrecondition, "That is the account's address already.");
        logger.EmailChanged(session.Account.Name, call.GetHttpContext().Connection.RemoteIpAddress);
        if (!mail.CanSend)
            return new ChangeEmailReply();

        // Whom it is changed for hears of it, whoever gives up waiting for that.
        if (former.Length > 0)
            await mail.SendAsync(MailTexts.AddressChanged(former, session.Account.Name));

        return new ChangeEmailReply
        {
            CodeSent = request.Email.Length > 0
                && mail.TryAsk(new MailWish(MailPurpose.Verification, session.Account.Name)),
        };
    }

    private string? Change(Accounts.Session session, string email)
    {
        try
        {
            return accounts.ChangeEmail(session, email);
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }
    }
}
