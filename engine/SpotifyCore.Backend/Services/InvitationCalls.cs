using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Whom an account invites.</summary>
internal sealed class InvitationCalls(InvitationStore invitations)
{
    public Task<NewInvitation> InviteAsync(ServerCallContext call)
    {
        try
        {
            var given = invitations.Give(CallerGate.SessionOf(call).Account);
            return Task.FromResult(new NewInvitation
            {
                Code = given.Code, ExpiresUnixMs = given.Expires.ToUnixTimeMilliseconds(),
            });
        }
        catch (AccountException none)
        {
            throw CallFailure.Of(StatusCode.FailedPrecondition, none.Message);
        }
    }

    public Task<InvitationList> ListInvitationsAsync(ServerCallContext call)
    {
        var list = new InvitationList();
        list.Invitations.AddRange(invitations.List(CallerGate.SessionOf(call).Account).Select(static given =>
            new Invitation
            {
                Begins = given.Begins,
                MadeUnixMs = given.Made.ToUnixTimeMilliseconds(),
                ExpiresUnixMs = given.Expires.ToUnixTimeMilliseconds(),
                TakenBy = given.TakenBy,
                TakenUnixMs = given.Taken?.ToUnixTimeMilliseconds() ?? 0,
            }));
        return Task.FromResult(list);
    }
}
