using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of sign_in.proto, each method handed to those who answer it.</summary>
internal sealed class ExternalSignInService(SignInCalls signIns, LinkCalls links, OwnerProofs proofs)
    : ExternalSignIn.ExternalSignInBase
{
    public override Task<ProviderList> ListProviders(ListProvidersRequest request, ServerCallContext context) =>
        signIns.ListProvidersAsync();

    public override Task<SignInChallenge> BeginSignIn(BeginSignInRequest request, ServerCallContext context) =>
        signIns.BeginAsync();

    public override Task<LoginReply> SignIn(SignInRequest request, ServerCallContext context) =>
        signIns.SignInAsync(request, context);

    public override Task<LinkList> ListLinks(ListLinksRequest request, ServerCallContext context) =>
        links.ListAsync(context);

    public override async Task<LinkReply> Link(LinkRequest request, ServerCallContext context)
    {
        await proofs.CheckAsync(request.Proof, context);
        return await signIns.LinkAsync(request, context);
    }

    public override async Task<UnlinkReply> Unlink(UnlinkRequest request, ServerCallContext context)
    {
        await proofs.CheckAsync(request.Proof, context);
        return await links.UnlinkAsync(request, context);
    }
}
