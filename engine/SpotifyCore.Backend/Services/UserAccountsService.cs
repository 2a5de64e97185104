using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of accounts.proto, each method handed to those who answer it.</summary>
internal sealed class UserAccountsService(
    RegisterCalls registrations,
    OwnAccountCalls own,
    InvitationCalls invitations,
    AppPasswordCalls appPasswords,
    MailCodeCalls mail)
    : UserAccounts.UserAccountsBase
{
    public override Task<RegisterReply> Register(RegisterRequest request, ServerCallContext context) =>
        registrations.RegisterAsync(request, context);

    public override Task<Profile> GetProfile(GetProfileRequest request, ServerCallContext context) =>
        own.GetProfileAsync(context);

    public override Task<Profile> SetProfile(SetProfileRequest request, ServerCallContext context) =>
        own.SetProfileAsync(request, context);

    public override Task<SessionList> ListSessions(ListSessionsRequest request, ServerCallContext context) =>
        own.ListSessionsAsync(context);

    public override Task<EndSessionsReply> EndSessions(EndSessionsRequest request, ServerCallContext context) =>
        own.EndSessionsAsync(request, context);

    public override Task<NewInvitation> Invite(InviteRequest request, ServerCallContext context) =>
        invitations.InviteAsync(context);

    public override Task<InvitationList> ListInvitations(ListInvitationsRequest request, ServerCallContext context) =>
        invitations.ListInvitationsAsync(context);

    public override Task<SendVerificationReply> SendVerification(
        SendVerificationRequest request, ServerCallContext context) => mail.SendVerificationAsync(context);

    public override Task<VerifyEmailReply> VerifyEmail(VerifyEmailRequest request, ServerCallContext context) =>
        mail.VerifyAsync(request, context);

    public override Task<AskPasswordResetReply> AskPasswordReset(
        AskPasswordResetRequest request, ServerCallContext context) => mail.AskAsync(request, context);

    public override Task<ResetPasswordReply> ResetPassword(ResetPasswordRequest request, ServerCallContext context) =>
        mail.ResetAsync(request, context);

    public override Task<NewAppPassword> AddAppPassword(AddAppPasswordRequest request, ServerCallContext context) =>
        appPasswords.AddAsync(request, context);

    public override Task<AppPasswordList> ListAppPasswords(
        ListAppPasswordsRequest request, ServerCallContext context) => appPasswords.ListAsync(context);

    public override Task<RemoveAppPasswordReply> RemoveAppPassword(
        RemoveAppPasswordRequest request, ServerCallContext context) => appPasswords.RemoveAsync(request, context);
}
