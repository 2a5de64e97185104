using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of sign_in.proto, each method handed to those who answer it.</summary>
internal sealed class ExternalSignInService(SignInCalls signIns, LinkCalls links) : ExternalSignIn.ExternalSignInBase
{
    public override Task<ProviderList> ListProviders(ListProvidersRequest request, ServerCallContext context) =>
        signIns.ListProvidersAsync();

    public override Task<SignInChallenge> BeginSignIn(BeginSignInRequest request, ServerCallContext context) =>
        signIns.BeginAsync();

    public override Task<LoginReply> SignIn(SignInRequest request, ServerCallContext context) =>
        signIns.SignInAsync(request, context);

    public override Task<LinkList> ListLinks(ListLinksRequest request, ServerCallContext context) =>
        links.ListAsync(context);

    public override Task<LinkReply> Link(LinkRequest request, ServerCallContext context) =>
        signIns.LinkAsync(request, context);

    public override Task<UnlinkReply> Unlink(UnlinkRequest request, ServerCallContext context) =>
        links.UnlinkAsync(request, context);
}
