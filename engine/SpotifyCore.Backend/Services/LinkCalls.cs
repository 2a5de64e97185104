using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>The links that an account has.</summary>
internal sealed class LinkCalls(
    IdentityProviders providers, LinkStore links, PeerDirectory peers, ILogger<LinkCalls> logger)
{
    public Task<LinkList> ListAsync(ServerCallContext call)
    {
        var list = new LinkList();
        list.Links.AddRange(links.List(CallerGate.SessionOf(call).Account).Select(link => new LinkEntry
        {
            Provider = providers.NameOf(link.Identity.Issuer) ?? link.Identity.Issuer,
            Subject = link.Identity.Subject,
            LinkedUnixMs = link.Created,
            UsedUnixMs = link.Used,
        }));
        return Task.FromResult(list);
    }

    public Task<UnlinkReply> UnlinkAsync(UnlinkRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var issuer = providers.Find(request.Provider)?.Setting.Issuer ?? request.Provider;
        var served = providers.List().Select(static one => one.Issuer).ToHashSet();
        try
        {
            var ended = links.Remove(session.Account, issuer, served, session)
                ?? throw CallFailure.Of(StatusCode.NotFound, "The account is not linked with anybody there.");
            foreach (var one in ended)
                peers.End(one);

            logger.Unlinked(session.Account.Name, issuer, ended.Count);
            return Task.FromResult(new UnlinkReply { Ended = ended.Count });
        }
        catch (AccountException refused)
        {
            throw CallFailure.Of(StatusCode.FailedPrecondition, refused.Message);
        }
    }
}
