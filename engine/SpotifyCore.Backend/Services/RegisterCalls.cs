using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What strangers do to have an account.</summary>
internal sealed class RegisterCalls(RegistrationService registrations, MailQueue mail, ILogger<RegisterCalls> logger)
{
    public async Task<RegisterReply> RegisterAsync(RegisterRequest request, ServerCallContext call)
    {
        var wanted = Read(request, call);
        var result = await registrations.RegisterAsync(wanted, call.CancellationToken);
        if (result.Account is not { } account)
            throw Refuse(wanted, result);

        logger.Registered(account.Name, wanted.Country, wanted.Address);

        // Where it does not come, the account asks for another.
        if (wanted.Email.Length > 0 && mail.CanSend)
            mail.TryAsk(new MailWish(MailPurpose.Verification, account.Name));

        return new RegisterReply { Name = account.Name };
    }

    private static WantedAccount Read(RegisterRequest request, ServerCallContext call)
    {
        try
        {
            return new WantedAccount(request.Name, request.Password, request.Country, request.Email)
            {
                Invitation = request.Invitation, Address = call.GetHttpContext().Connection.RemoteIpAddress,
            };
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }
    }

    private RpcException Refuse(WantedAccount wanted, RegistrationResult result)
    {
        if (result.Wait > TimeSpan.Zero)
        {
            logger.RegistrationThrottled(wanted.Address, result.Wait);
            return CallFailure.Of(
                StatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(result.Wait.TotalSeconds)} s.");
        }

        logger.RegistrationRefused(wanted.Address, wanted.Country, result.Refusal);
        return Refuse(wanted, result.Refusal);
    }

    /// <summary>Why an account was not made, for who wanted it.</summary>
    public static RpcException Refuse(WantedAccount wanted, RegistrationRefusal refusal) => refusal switch
    {
        RegistrationRefusal.Closed => CallFailure.Of(
            StatusCode.FailedPrecondition, $"Registration is closed in {wanted.Country}."),
        RegistrationRefusal.NotInvited => CallFailure.Of(
            StatusCode.FailedPrecondition, $"Registration in {wanted.Country} is by invitation: a code is needed."),
        RegistrationRefusal.InvitationUnusable => CallFailure.Of(
            StatusCode.FailedPrecondition, "There is no such invitation, or it was taken, or has expired."),
        _ => CallFailure.Of(StatusCode.AlreadyExists, $"The name '{wanted.Name}' is taken."),
    };
}
