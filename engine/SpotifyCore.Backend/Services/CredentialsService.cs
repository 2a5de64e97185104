using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of credentials.proto: nothing is changed by who does not prove that the account is his.</summary>
internal sealed class CredentialsService(CredentialCalls credentials, OwnerProofs proofs) : Credentials.CredentialsBase
{
    public override async Task<ChangePasswordReply> ChangePassword(
        ChangePasswordRequest request, ServerCallContext context)
    {
        await proofs.CheckAsync(request.Proof, context);
        return await credentials.ChangePasswordAsync(request, context);
    }

    public override async Task<ChangeEmailReply> ChangeEmail(ChangeEmailRequest request, ServerCallContext context)
    {
        await proofs.CheckAsync(request.Proof, context);
        return await credentials.ChangeEmailAsync(request, context);
    }
}
